package dev.holdfast.cli;

import dev.holdfast.store.PostgresSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where {@code check} finds its settings: an option wins over the properties file, and that over the environment. */
final class CheckSettings {
    static final String PROPERTIES = "--properties";

    private final Arguments arguments;
    private final Properties properties;
    private final Map<String, String> environment;

    private CheckSettings(Arguments arguments, Properties properties, Map<String, String> environment) {
        this.arguments = arguments;
        this.properties = properties;
        this.environment = environment;
    }

    /** @throws CommandFailure if the properties file cannot be read */
    static CheckSettings of(Arguments arguments, Map<String, String> environment) throws CommandFailure {
        Properties properties = new Properties();
        Optional<String> file = arguments.value(PROPERTIES);
        if (file.isPresent()) {
            try (Reader reader = Files.newBufferedReader(Path.of(file.get()), StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                // The message of a malformed one is not repeated: it may quote the line with the password.
                String reason = e instanceof InvalidPathException
                        ? "that is no file name"
                        : e.getClass().getSimpleName();
                throw CommandFailure.failed(
                        "the properties file " + file.get() + " cannot be read: " + reason,
                        "it has lines like url=jdbc:postgresql://host:5432/database, in UTF-8");
            }
        }
        return new CheckSettings(arguments, properties, environment);
    }

    /** The settings of the store; without a {@code url} they are not usable, and say so. */
    PostgresSettings store() {
        return PostgresSettings.forUrl("", value("url").orElse(""), nullable("username"), nullable("password"))
                .withTable(
                        value("schema").orElse(PostgresSettings.DEFAULT_SCHEMA),
                        value("table").orElse(PostgresSettings.DEFAULT_TABLE));
    }

    /** The {@code keyFile}. */
    Optional<String> keyFile() {
        return value("keyFile");
    }

    /** The {@code keys} themselves; no option gives them, because everybody on a machine can read command lines. */
    Optional<String> keys() {
        return value("keys");
    }

    boolean hasUrl() {
        return value("url").isPresent();
    }

    private @Nullable String nullable(String setting) {
        return value(setting).orElse(null);
    }

    /**
     * A setting by its name in {@code context.xml}: {@code --key-file}, {@code keyFile} or {@code holdfast.keyFile},
     * {@code HOLDFAST_KEY_FILE}.
     */
    private Optional<String> value(String setting) {
        String words = setting.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String variable = "HOLDFAST_" + words.replace('-', '_').toUpperCase(Locale.ROOT);
        return arguments
                .value("--" + words)
                .or(() -> Optional.ofNullable(properties.getProperty(setting)))
                .or(() -> Optional.ofNullable(properties.getProperty("holdfast." + setting)))
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .filter(value -> !value.isEmpty());
    }
}
