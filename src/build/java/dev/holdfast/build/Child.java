package dev.holdfast.build;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program in place of this one: same terminal, same standard streams, nothing between. If this JVM is told to end,
 * it ends the program first, in good order, and only then is gone itself: whoever gets the prompt back finds nothing
 * running. (A JVM that is killed outright can do nothing; the program must see to that.)
 */
final class Child {
    /** Long enough for two Tomcats and a PostgreSQL to stop one after the other. */
    private static final int STOP_SECONDS = 60;

    private Child() {}

    /** Returns the program's exit code. */
    static int run(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.inheritIO().start();
        Thread endsIt = new Thread(() -> end(process), "end-child");
        Runtime.getRuntime().addShutdownHook(endsIt);
        int exitCode = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(endsIt);
        } catch (IllegalStateException e) {
            // this JVM is ending too: it has nothing to add to what the program said
            new CountDownLatch(1).await();
        }
        return exitCode;
    }

    private static void end(Process process) {
        // Ctrl-C has told the child already; where a process can only be killed, it is better left to that
        if (process.supportsNormalTermination()) {
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
