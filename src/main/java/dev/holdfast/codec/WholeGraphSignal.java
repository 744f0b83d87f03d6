package dev.holdfast.codec;

/** Thrown where a graph has to be written or read in another way than the present one; no failure. */
abstract sealed class WholeGraphSignal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WholeGraphSignal(String message) {
        super(message, null, false, false);
    }

    /** Deeper than a usual stack may be trusted with. */
    static final class Deep extends WholeGraphSignal {
        private static final long serialVersionUID = 1L;

        Deep() {
            super("the graph is deep");
        }
    }

    /** An object that can only be made after its parts is among its own parts; Java serialization can restore that. */
    static final class LateCycle extends WholeGraphSignal {
        private static final long serialVersionUID = 1L;

        LateCycle() {
            super("the graph has a cycle that needs Java serialization");
        }
    }
}
