package dev.holdfast.bench.load;

/** A server did not answer as it must: the figures of such a run are worth nothing. */
public final class WrongAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongAnswer(String message) {
        super(message);
    }
}
