package dev.holdfast.demo;

import java.util.Optional;

/** Ends this JVM when Maven, which started it, is gone: a SIGKILL leaves Maven no time to say so. */
public final class ParentWatch {
    private ParentWatch() {}

    /** Watches every Java process among those that this one descends from: Maven may have started another Maven. */
    public static void exitWithParents() {
        Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
        while (ancestor.isPresent()) {
            ProcessHandle process = ancestor.get();
            if (process.info().command().orElse("").endsWith("java")) {
                process.onExit().thenRun(() -> System.exit(1));
            }
            ancestor = process.parent();
        }
    }
}
