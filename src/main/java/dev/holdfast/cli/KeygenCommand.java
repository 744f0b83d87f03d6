package dev.holdfast.cli;

import dev.holdfast.crypto.InvalidKeysException;
import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes keys, and changes them without logging anybody out. */
final class KeygenCommand implements Command {
    private static final String APPEND = "--append";
    private static final String PROMOTE = "--promote";
    private static final String PRINT = "--print";

    @Override
    public String name() {
        return "keygen";
    }

    @Override
    public String summary() {
        return "makes a key file, or changes the key in one";
    }

    @Override
    public String help() {
        return """
                usage: keygen FILE                 makes a key file with one new key
                       keygen --append FILE        adds a new key that opens and does not seal yet
                       keygen --promote ID FILE    makes a key of the file the one that seals
                       keygen --print              prints a new key, for keys="${...}"; also: keygen -

                A key file has one key to a line; what follows a # is a comment. The first key seals what
                is stored from now on, all of them open what is stored. Name it in context.xml by keyFile,
                and bring the same file to every node.

                FILE is made readable for its owner alone, who should be the user that runs Tomcat.
                It is never overwritten, and no directory is made for it. Whoever reads it can read and
                forge every session; if it is lost, everybody is logged out.

                To change the key while users stay logged in, in two steps, because nodes do not take
                up a new file at the same moment (Tomcat reads it when the application starts):

                  1. keygen --append FILE        prints the id of the new key.
                                                 Bring the file to every node, restart or reload each.
                  2. keygen --promote ID FILE    seals with that key from now on.
                                                 Bring the file to every node again, as before.
                  3. When check finds no more rows of the old key, delete its line, on every node.

                If a key has leaked, stop all nodes, make a new file and empty the table instead.

                --append and --promote keep comments, order, owner and permissions, and replace the file
                in one step. The key's id goes to standard output, what was done to standard error.

                examples:
                  keygen /etc/tomcat/holdfast.keys
                  export HOLDFAST_KEYS="$(java -jar holdfast-tomcat-*-all.jar keygen --print)"
                """;
    }

    @Override
    public Syntax syntax() {
        return new Syntax(Set.of(APPEND, PRINT), Set.of(PROMOTE), 1);
    }

    @Override
    public int run(Arguments arguments, Console console) throws CommandFailure {
        boolean print = arguments.has(PRINT) || arguments.operands().equals(List.of("-"));
        Optional<String> promoted = arguments.value(PROMOTE);
        if ((print ? 1 : 0) + (arguments.has(APPEND) ? 1 : 0) + (promoted.isPresent() ? 1 : 0) > 1) {
            throw Arguments.misused(name(), "does one thing at a time: --append, --promote or --print");
        }
        if (print) {
            print(arguments, console);
            return Console.OK;
        }
        Path file = file(arguments);
        try {
            if (promoted.isPresent()) {
                promote(file, promoted.get(), console);
            } else if (arguments.has(APPEND)) {
                append(file, console);
            } else {
                create(file, console);
            }
            KeyRing.read(file).warnings().forEach(warning -> console.message("warning: " + warning));
            return Console.OK;
        } catch (InvalidKeysException e) {
            throw CommandFailure.failed(e.problems(), "nothing was changed");
        }
    }

    private void print(Arguments arguments, Console console) throws CommandFailure {
        if (arguments.has(PRINT) && !arguments.operands().isEmpty()) {
            throw Arguments.misused(name(), "prints to standard output: --print takes no FILE");
        }
        String key = KeyFile.newKey();
        console.result(key);
        console.message("This is the key itself, its id is "
                + KeyRing.parse(key).keyIds().get(0) + ". Whoever has it can read and forge every session.");
    }

    private static void create(Path file, Console console) throws CommandFailure {
        String id;
        try {
            id = KeyFile.create(file);
        } catch (IOException e) {
            throw KeyFileTrouble.making(file, e);
        }
        console.result(id);
        console.message("Made " + file + " with one new key. Name it in context.xml: keyFile=\""
                + file.toAbsolutePath().normalize() + "\"");
        console.message("The user that runs Tomcat must own it; every node needs the same file.");
    }

    private static void append(Path file, Console console) throws CommandFailure {
        String id;
        try {
            id = KeyFile.append(file);
        } catch (IOException e) {
            throw KeyFileTrouble.changing(file, e);
        }
        console.result(id);
        console.message("Added a new key at the end of " + file + ". It opens, and does not seal yet.");
        console.message(
                "Bring the file to every node and restart or reload each; then: keygen --promote " + id + " " + file);
    }

    private void promote(Path file, String id, Console console) throws CommandFailure {
        KeyFile.Promotion promotion;
        try {
            promotion = KeyFile.promote(file, id);
        } catch (IOException e) {
            throw KeyFileTrouble.changing(file, e);
        }
        switch (promotion) {
            case PROMOTED -> {
                console.result(id);
                console.message("The key " + id + " seals from now on, all other keys of " + file + " still open.");
                console.message("Bring the file to every node and restart or reload each."
                        + " When check finds no more rows of another key, delete that key's line.");
            }
            case FIRST_ALREADY -> {
                console.result(id);
                console.message("The key " + id + " seals already; nothing was changed.");
            }
            case NO_SUCH_KEY ->
                throw CommandFailure.failed(
                        file + " has no key with the id that was given; nothing was changed",
                        "its keys are " + String.join(", ", KeyRing.read(file).keyIds())
                                + "; keygen --append adds a new one");
        }
    }

    private Path file(Arguments arguments) throws CommandFailure {
        if (arguments.operands().isEmpty()) {
            throw Arguments.misused(name(), "needs the name of a FILE");
        }
        try {
            return Path.of(arguments.operands().get(0));
        } catch (InvalidPathException e) {
            throw Arguments.misused(name(), "cannot use that name for a file: " + e.getReason());
        }
    }
}
