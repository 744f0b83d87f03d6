package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Every order in which the store calls of two or three actors can happen, each with nothing lost and with questions and answers
 * lost at any point, held against the laws.
 */
class InterleavingTest {
    @Test
    void theLawsHoldInEveryOrder() {
        assertThat(Interleavings.exploreAll(System.out)).isEmpty();
    }
}
