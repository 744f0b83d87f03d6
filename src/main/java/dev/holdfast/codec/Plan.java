package dev.holdfast.codec;

import com.esotericsoftware.kryo.Registration;
import java.util.function.Predicate;

/**
 * How the instances of one class are written, or how those of one definition are read.
 */
final class Plan {
    private final Registration registration;
    private final boolean tracked;
    private final boolean restorableByJava;
    private final Predicate<Object> stateful;
    private final int code;
    private final byte[] definition;

    private Plan(
            Registration registration,
            boolean tracked,
            boolean restorableByJava,
            Predicate<Object> stateful,
            int code,
            byte[] definition) {
        this.registration = registration;
        this.tracked = tracked;
        this.restorableByJava = restorableByJava;
        this.stateful = stateful;
        this.code = code;
        this.definition = definition;
    }

    /** For a class whose tag is one fixed byte. */
    static Plan coded(JdkType type) {
        return listed(type, type.code(), new byte[0]);
    }

    /** For a class of the JDK's list without a fixed byte. */
    static Plan listed(JdkType type, byte[] definition) {
        return listed(type, 0, definition);
    }

    private static Plan listed(JdkType type, int code, byte[] definition) {
        return new Plan(
                registration(type.type(), type.serializer()),
                type.tracked(),
                type.restorableByJava(),
                type.stateful() ? any -> true : any -> false,
                code,
                definition);
    }

    /** For writing a class that stands in each graph with its definition. */
    static Plan defined(
            Class<?> type,
            GraphSerializer<?> serializer,
            boolean restorableByJava,
            Predicate<Object> stateful,
            byte[] definition) {
        return new Plan(registration(type, serializer), true, restorableByJava, stateful, 0, definition);
    }

    /** For reading what a definition describes. */
    static Plan reading(Class<?> type, GraphSerializer<?> serializer) {
        return new Plan(registration(type, serializer), true, true, any -> true, 0, new byte[0]);
    }

    private static Registration registration(Class<?> type, GraphSerializer<?> serializer) {
        return new Registration(type, serializer, 0);
    }

    Registration registration() {
        return registration;
    }

    /** Whether a second occurrence in a graph is written as a reference to the first. */
    boolean isTracked() {
        return tracked;
    }

    /** Whether the value has state of its own that can change, so that entries which share it must stay together. */
    boolean isStateful(Object value) {
        return stateful.test(value);
    }

    /** Whether Java serialization restores a cycle through such an object. */
    boolean isRestorableByJava() {
        return restorableByJava;
    }

    /** The tag, or 0 if there is a definition instead. */
    int code() {
        return code;
    }

    byte[] definition() {
        return definition;
    }
}
