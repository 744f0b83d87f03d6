package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;

/**
 * Finds the {@link UndecodableException} in whatever decoding has thrown: an application's code may throw anything, errors too. What
 * the virtual machine throws is thrown on; a stack that was too small for the graph is among it.
 */
final class Undecodable {
    private static final int MAX_CAUSES = 16;

    private Undecodable() {}

    /**
     * What is to be thrown.
     *
     * @param lastRead the class that was read last, empty if none was
     */
    static RuntimeException of(Throwable thrown, String lastRead) {
        throwOnIfTheMachines(thrown);
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            // Kryo wraps what goes wrong while it resolves a reference
            if (cause instanceof UndecodableException || cause instanceof WholeGraphSignal) {
                return (RuntimeException) cause;
            }
            cause = cause.getCause();
        }
        String place = lastRead.isEmpty() ? "" : ", at or after class " + lastRead;
        if (thrown instanceof KryoBufferUnderflowException) {
            return new UndecodableException("the bytes are not well formed: they end too early" + place, null);
        }
        return new UndecodableException(
                "decoding failed" + place + ", with " + Redacted.where(thrown), Redacted.of(thrown));
    }

    /**
     * The same for what a single call has thrown.
     *
     * @param what begins the message
     */
    static UndecodableException because(String what, Throwable thrown) {
        throwOnIfTheMachines(thrown);
        return thrown instanceof UndecodableException known
                ? known
                : new UndecodableException(what + Redacted.where(thrown), Redacted.of(thrown));
    }

    private static void throwOnIfTheMachines(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error) {
            throw error;
        }
    }
}
