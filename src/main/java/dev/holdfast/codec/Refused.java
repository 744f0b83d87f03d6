package dev.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import java.util.ArrayList;
import java.util.List;

/** An entry cannot be encoded. On its way up it collects the path to the culprit. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A path longer than this is shown without its middle. */
    private static final int SHOWN_STEPS = 24;

    private final String reason;
    private final transient List<String> stepsInsideOut = new ArrayList<>();
    private final boolean wholeGraph;
    private int entry;

    Refused(String reason) {
        this(reason, false);
    }

    private Refused(String reason, boolean wholeGraph) {
        super(reason, null, false, false);
        this.reason = reason;
        this.wholeGraph = wholeGraph;
    }

    /** Of all values that were to be written in one graph. */
    static Refused wholeGraph(String reason) {
        return new Refused(reason, true);
    }

    /**
     * What is to be thrown when writing the value, which stands at that step, threw that. What is about the graph as a whole and
     * not about one value is thrown on as it is.
     */
    static RuntimeException at(Throwable thrown, Object value, String step) {
        if (thrown instanceof VirtualMachineError error) {
            throw error;
        }
        if (thrown instanceof WholeGraphSignal || thrown instanceof KryoBufferOverflowException) {
            return (RuntimeException) thrown;
        }
        Refused refused = thrown instanceof Refused known
                ? known
                : new Refused("encoding " + value.getClass().getName() + " failed with " + Redacted.where(thrown));
        refused.stepsInsideOut.add(step);
        return refused;
    }

    void setEntry(int entry) {
        this.entry = entry;
    }

    /** Which of the values that were to be written in one graph it is about. */
    int entry() {
        return entry;
    }

    /** Whether it is about all of them. */
    boolean isWholeGraph() {
        return wholeGraph;
    }

    String reason() {
        return reason;
    }

    String path(String name) {
        StringBuilder path = new StringBuilder(name);
        int count = stepsInsideOut.size();
        for (int i = count - 1; i >= 0; i--) {
            if (count > SHOWN_STEPS && i == count - 1 - SHOWN_STEPS / 2) {
                path.append("...");
                i = SHOWN_STEPS / 2;
            } else {
                path.append(stepsInsideOut.get(i));
            }
        }
        return path.toString();
    }
}
