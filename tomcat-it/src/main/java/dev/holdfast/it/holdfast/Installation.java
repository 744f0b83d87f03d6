package dev.holdfast.it.holdfast;

import dev.holdfast.it.node.NodeBuilder;
import dev.holdfast.it.node.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of the README: the JAR in {@code lib}, a key file, the example {@code context.xml} with its values. */
public record Installation(String url, String username, String password, String schema, Path keyFile) {
    private static final Pattern CONTEXT = Pattern.compile("<Context>(.*)</Context>", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    /** Installs Holdfast in a node, as the example configuration has it, in the schema of this installation. */
    public NodeBuilder into(NodeBuilder node) {
        return intoWithoutContext(node).contextElement(managerElement());
    }

    /** The {@code <Manager>} of the example configuration, for an application that declares its own. */
    public String managerElement() {
        return elements("context.xml");
    }

    /** What stands in the {@code <Context>} of an example file, comments apart, in the schema of this installation. */
    public String elements(String example) {
        Matcher context =
                CONTEXT.matcher(COMMENT.matcher(read(Workshop.example(example))).replaceAll(""));
        if (!context.find()) {
            throw new IllegalStateException("no Context in " + example);
        }
        return context.group(1).strip().replace("schema=\"holdfast\"", "schema=\"" + schema + "\"");
    }

    /** Puts the JAR, the key file and the values for the configuration in place, but no configuration. */
    public NodeBuilder intoWithoutContext(NodeBuilder node) {
        return node.library(Workshop.allJar())
                .property("holdfast.url", url)
                .property("holdfast.username", username)
                .property("holdfast.password", password)
                .fileCopy("conf/holdfast.keys", keyFile);
    }

    /** Runs the operator's command that writes a new key file, and returns its path. */
    public static Path keygen(Path file) {
        Output output = command("keygen", file.toString());
        if (output.exitCode() != 0) {
            throw new IllegalStateException("keygen: " + output);
        }
        return file;
    }

    /** What a command of the operator's command line printed, standard output and errors together, and its exit code. */
    public record Output(int exitCode, String text) {}

    /** Runs {@code java -jar} with the JAR and these arguments. */
    public static Output command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Workshop.allJar().toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Installation[" + url + ", " + username + ", " + schema + "]";
    }
}
