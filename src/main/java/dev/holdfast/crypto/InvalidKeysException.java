package dev.holdfast.crypto;

import dev.holdfast.HoldfastException;
import java.util.List;

/**
 * The keys of an installation cannot be used. Carries everything that is wrong with them at once, each with the place and
 * the way to mend it, and nothing of any key.
 */
public final class InvalidKeysException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidKeysException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, one sentence each; never empty. */
    public List<String> problems() {
        return problems;
    }
}
