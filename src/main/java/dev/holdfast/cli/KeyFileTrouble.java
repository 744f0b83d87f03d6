package dev.holdfast.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What goes wrong with key files on the disk, in an administrator's words. */
final class KeyFileTrouble {
    private KeyFileTrouble() {}

    static CommandFailure making(Path file, IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return CommandFailure.failed(
                    file + " is there already, and was left as it is",
                    "name another file, or add a key to this one: keygen --append " + file);
        }
        if (cause instanceof NoSuchFileException) {
            Path directory = file.toAbsolutePath().normalize().getParent();
            return CommandFailure.failed(
                    "the directory " + directory + " does not exist",
                    "make it first, closed to all but the user that runs Tomcat: mkdir -m 700 " + directory);
        }
        return other(file, "made", cause);
    }

    static CommandFailure changing(Path file, IOException cause) {
        if (cause instanceof FileAlreadyExistsException e) {
            return CommandFailure.failed(
                    e.getFile() + " is there: another keygen is changing " + file + ", or one was killed",
                    "if no other one runs, delete " + e.getFile() + " and try again; " + file + " is unchanged");
        }
        return other(file, "changed", cause);
    }

    private static CommandFailure other(Path file, String done, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return CommandFailure.failed(
                    file + " cannot be " + done + ": the user " + System.getProperty("user.name")
                            + " may not write there",
                    "run this as the user that owns the directory, or name another one");
        }
        return CommandFailure.failed(
                file + " cannot be " + done + ": " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                "check the disk and the permissions; nothing was " + done);
    }
}
