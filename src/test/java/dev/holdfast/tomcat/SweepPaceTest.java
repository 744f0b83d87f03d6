package dev.holdfast.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepPaceTest {
    private final SweepPace pace = new SweepPace();

    @Test
    void growsWhileItIsQuickAndNoFurther() {
        pace.worked(Duration.ofMillis(5), false);
        assertThat(pace.batch()).isEqualTo(2 * SweepPace.FIRST);
        for (int i = 0; i < 20; i++) {
            pace.worked(Duration.ofMillis(100), false);
        }
        assertThat(pace.batch()).isEqualTo(SweepPace.LARGEST);
        pace.worked(Duration.ofMillis(600), false);
        assertThat(pace.batch()).as("neither quick nor slow").isEqualTo(SweepPace.LARGEST);
        assertThat(pace.rest()).isZero();
    }

    @Test
    void shrinksAtOnceToWhatASecondIsEnoughFor() {
        pace.worked(Duration.ofSeconds(10), false);
        assertThat(pace.batch()).isEqualTo(SweepPace.FIRST / 10);
        pace.worked(Duration.ofMinutes(4), false);
        assertThat(pace.batch()).isEqualTo(1);
        pace.worked(Duration.ofMillis(1), false);
        assertThat(pace.batch()).isEqualTo(2);
    }

    @Test
    void besideRequestsItTakesWhatTenMillisecondsAreEnoughForAndRestsTwiceAsLong() {
        for (int i = 0; i < 20; i++) {
            pace.worked(Duration.ofMillis(50), false);
        }
        pace.worked(Duration.ofMillis(50), true);
        assertThat(pace.batch()).isEqualTo(SweepPace.LARGEST / 5);
        assertThat(pace.rest()).isEqualTo(SweepPace.LONGEST_REST);
        pace.worked(Duration.ofMillis(8), true);
        assertThat(pace.batch()).isEqualTo(SweepPace.LARGEST / 5);
        assertThat(pace.rest()).isEqualTo(Duration.ofMillis(16));
        pace.worked(Duration.ofMillis(4), true);
        assertThat(pace.batch()).isEqualTo(SweepPace.LARGEST * 2 / 5);
    }

    @Test
    void restsNoLongerWhenTheRequestsAreOver() {
        pace.worked(Duration.ofMillis(8), true);
        pace.worked(Duration.ofMillis(8), false);
        assertThat(pace.rest()).isZero();
    }

    @Test
    void whatDoesNotComeToAnEndRestsNoLonger() {
        Duration left = SweepPace.LONGEST_COURTESY;
        while (left.compareTo(Duration.ofMillis(24)) > 0) {
            pace.worked(Duration.ofMillis(8), true);
            left = left.minusMillis(8).minus(pace.rest());
            assertThat(pace.rest()).isEqualTo(Duration.ofMillis(16));
        }
        int courteous = pace.batch();
        pace.worked(Duration.ofMillis(8).plus(left), true);
        assertThat(pace.rest()).isZero();
        assertThat(pace.batch()).isEqualTo(2 * courteous);
    }

    @Test
    void aSlowListenerIsFollowedByAShortRest() {
        pace.worked(Duration.ofMinutes(4), true);
        assertThat(pace.rest()).isEqualTo(SweepPace.LONGEST_REST);
        assertThat(pace.batch()).isEqualTo(1);
    }

    @Test
    void whereEachBatchTakesItsTimeItDoesNotDwindle() {
        for (int i = 0; i < 100; i++) {
            pace.worked(Duration.ofMillis(25), true);
        }
        assertThat(pace.batch()).isEqualTo(SweepPace.FIRST);
    }
}
