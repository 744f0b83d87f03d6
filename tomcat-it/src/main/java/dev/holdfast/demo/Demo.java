package dev.holdfast.demo;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The demo's main program. Sets the stage and serves the page until Ctrl-C; with the argument {@code check}, walks the same
 * story by itself and exits with 0 or 1.
 */
public final class Demo {
    private final Narrator narrator = new Narrator();
    private final AtomicReference<@Nullable Stage> stage = new AtomicReference<>();
    private final AtomicReference<@Nullable Front> front = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Demo() {}

    public static void main(String[] args) throws InterruptedException {
        boolean check = args.length > 0 && args[0].equals("check");
        ParentWatch.exitWithParents();
        Demo demo = new Demo();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> demo.close(check), "demo-close"));
        System.exit(demo.run(check) ? 0 : 1);
    }

    private boolean run(boolean check) throws InterruptedException {
        narrator.say("");
        narrator.say("Holdfast demo: one shop from 2005, two Tomcats, no sticky sessions, one sealed row.");
        narrator.say("");
        Stage set;
        Front open;
        try {
            set = Stage.set(narrator);
            stage.set(set);
            open = Front.open(set, check);
            front.set(open);
        } catch (RuntimeException e) {
            if (closed.get()) {
                return false;
            }
            narrator.failed("the demo could not be set up", String.valueOf(e.getMessage()));
            return false;
        }
        if (check) {
            boolean passed = new Story(set, open, narrator).walk();
            close(true);
            narrator.say(passed ? "\nThe demo's story holds." : "\nThe demo's story does NOT hold.");
            return passed;
        }
        narrator.say("");
        narrator.say("    Open  " + open.uri("/") + "  in your browser.");
        narrator.say("");
        narrator.say(
                "Both Tomcats serve it in turn. Their logs are in tomcat-it/target/nodes. Ctrl-C ends everything.");
        Thread.currentThread().join();
        return true;
    }

    private void close(boolean quietly) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!quietly) {
            narrator.say("\nEnding the page, both Tomcats and PostgreSQL …");
        }
        Front open = front.get();
        if (open != null) {
            open.close();
        }
        Stage set = stage.get();
        if (set != null) {
            set.close();
        }
        if (!quietly) {
            narrator.say("Nothing is left running.");
        }
    }
}
