package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RevisionTest {
    @Test
    void aWriteThatLeavesTheBaseIsToldToHaveIt() {
        long first = Revision.ofNewBase();
        long last = LongStream.iterate(first, Revision::after)
                .skip(1_000)
                .findFirst()
                .orElseThrow();

        assertThat(Revision.mayShareBase(first, last)).isTrue();
        assertThat(last).isNotEqualTo(first);
    }

    @Test
    void aNewBaseIsNearlyAlwaysTold() {
        long first = Revision.ofNewBase();

        assertThat(LongStream.generate(Revision::ofNewBase).limit(1_000))
                .filteredOn(other -> Revision.mayShareBase(first, other))
                .hasSizeLessThan(10);
    }

    @Test
    void allArePositiveAndNoTwoAreTheSame() {
        long first = Revision.ofNewBase();
        Set<Long> drawn = LongStream.generate(() -> Revision.after(first))
                .limit(10_000)
                .boxed()
                .collect(Collectors.toSet());

        assertThat(drawn).hasSize(10_000).allMatch(revision -> revision > 0);
        assertThat(LongStream.generate(Revision::ofNewBase).limit(10_000)).allMatch(revision -> revision > 0);
    }
}
