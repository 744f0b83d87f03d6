package dev.holdfast.tomcat;

import dev.holdfast.crypto.InvalidKeysException;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.PostgresSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the {@code <Manager>} element, as they were written there, and what they mean. Everything that is wrong is
 * found at once, so that an administrator mends it in one go. Not safe for use by several threads.
 */
final class ManagerSettings {
    static final int DEFAULT_MAX_SESSION_BYTES = 4 * 1024 * 1024;

    static final int DEFAULT_MAX_IDLE_COPIES = 10_000;

    /** The share of the heap, as large as it may become, that is the default of {@code maxIdleCopyBytes}. */
    static final int IDLE_COPIES_HEAP_DIVISOR = 16;

    /** Room for the largest fragment and some framing beside it. */
    private static final int LARGEST_MAX_SESSION_BYTES = 512 * 1024 * 1024;

    private final Map<String, String> written = new HashMap<>();

    /**
     * What a manager needs in order to start.
     *
     * @param warnings what an administrator should read at each start
     */
    record Valid(
            PostgresSettings store,
            SessionCrypto crypto,
            boolean createSchema,
            Duration touchInterval,
            int maxSessionBytes,
            int maxIdleCopies,
            long maxIdleCopyBytes,
            List<String> warnings) {}

    void set(String attribute, @Nullable String value) {
        if (value == null || value.isBlank()) {
            written.remove(attribute);
        } else {
            written.put(attribute, value.trim());
        }
    }

    @Nullable
    String get(String attribute) {
        return written.get(attribute);
    }

    /**
     * The settings, if they are right.
     *
     * @param app the context's name
     * @param problems gets a sentence for each thing that is wrong
     * @return {@code null} if anything is wrong
     */
    @Nullable
    Valid validate(String app, List<String> problems) {
        int touchInterval = (int) number(
                "touchIntervalSeconds", PostgresSettings.DEFAULT_TOUCH_INTERVAL.toSeconds(), 1, 86_400, problems);
        int maxSessionBytes =
                (int) number("maxSessionBytes", DEFAULT_MAX_SESSION_BYTES, 1_024, LARGEST_MAX_SESSION_BYTES, problems);
        int maxIdleCopies = (int) number("maxIdleCopies", DEFAULT_MAX_IDLE_COPIES, 0, Integer.MAX_VALUE, problems);
        long maxIdleCopyBytes = number(
                "maxIdleCopyBytes",
                Runtime.getRuntime().maxMemory() / IDLE_COPIES_HEAP_DIVISOR,
                0,
                Long.MAX_VALUE,
                problems);
        int maxConnections =
                (int) number("maxConnections", PostgresSettings.DEFAULT_MAX_CONNECTIONS, 1, 10_000, problems);
        int connectTimeout = (int) number(
                "connectTimeoutMillis", PostgresSettings.DEFAULT_CONNECT_TIMEOUT.toMillis(), 1_000, 600_000, problems);
        boolean createSchema = flag("createSchema", true, problems);

        PostgresSettings store = new PostgresSettings(
                app,
                written.get("url"),
                written.get("username"),
                written.get("password"),
                written.get("dataSourceName"),
                written.getOrDefault("schema", PostgresSettings.DEFAULT_SCHEMA),
                written.getOrDefault("table", PostgresSettings.DEFAULT_TABLE),
                Duration.ofSeconds(touchInterval),
                maxConnections,
                Duration.ofMillis(connectTimeout));
        problems.addAll(store.problems());

        List<String> warnings = new ArrayList<>();
        SessionCrypto crypto = crypto(warnings, problems);
        return crypto == null || !problems.isEmpty()
                ? null
                : new Valid(
                        store,
                        crypto,
                        createSchema,
                        Duration.ofSeconds(touchInterval),
                        maxSessionBytes,
                        maxIdleCopies,
                        maxIdleCopyBytes,
                        warnings);
    }

    private @Nullable SessionCrypto crypto(List<String> warnings, List<String> problems) {
        String encryption = written.getOrDefault("encryption", "required");
        String keyFile = written.get("keyFile");
        String keys = written.get("keys");
        if (encryption.equals("plaintext")) {
            if (keyFile != null || keys != null) {
                problems.add(
                        "encryption=\"plaintext\" and a key exclude each other: remove keyFile and keys, or remove "
                                + "encryption=\"plaintext\"");
                return null;
            }
            warnings.add("encryption=\"plaintext\": sessions are stored in clear, with everything that the application "
                    + "keeps in them. Whoever can read the table or a backup of it can read them. Create a key with "
                    + "the keygen command and name it in keyFile to encrypt them.");
            return SessionCrypto.plaintext();
        }
        if (!encryption.equals("required")) {
            problems.add("encryption=\"" + encryption + "\" is not known: it is \"required\" (the default) or "
                    + "\"plaintext\"");
        }
        if (keyFile != null && keys != null) {
            problems.add("keyFile and keys exclude each other: remove one of them");
            return null;
        }
        try {
            if (keyFile != null) {
                KeyRing ring = KeyRing.read(Path.of(keyFile));
                warnings.addAll(ring.warnings());
                return SessionCrypto.sealing(ring);
            }
            if (keys != null) {
                return SessionCrypto.sealing(KeyRing.parse(keys));
            }
            problems.add("there is no key: set keyFile to a file made by \"java -jar holdfast-tomcat-VERSION-all.jar "
                    + "keygen FILE\", or set keys");
        } catch (InvalidPathException e) {
            problems.add("keyFile=\"" + keyFile + "\" is not a path: " + e.getReason());
        } catch (InvalidKeysException e) {
            problems.add((keyFile != null ? "keyFile: " : "keys: ") + e.getMessage());
        }
        return null;
    }

    private long number(String attribute, long defaultValue, long least, long most, List<String> problems) {
        String text = written.get(attribute);
        if (text == null) {
            return defaultValue;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        problems.add(attribute + "=\"" + text + "\" must be a whole number from " + least + " to " + most);
        return defaultValue;
    }

    private boolean flag(String attribute, boolean defaultValue, List<String> problems) {
        String text = written.get(attribute);
        if (text == null) {
            return defaultValue;
        }
        if (!text.equals("true") && !text.equals("false")) {
            problems.add(attribute + "=\"" + text + "\" must be \"true\" or \"false\"");
        }
        return text.equals("true");
    }

    /** Shows which attributes are set and none of their values: some are secrets. */
    @Override
    public String toString() {
        return "ManagerSettings" + written.keySet();
    }
}
