package dev.holdfast.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private final BatchSize batch = new BatchSize();

    @Test
    void growsWhileItIsQuickAndNoFurther() {
        batch.took(Duration.ofMillis(5));
        assertThat(batch.get()).isEqualTo(2 * BatchSize.FIRST);
        for (int i = 0; i < 20; i++) {
            batch.took(Duration.ofMillis(100));
        }
        assertThat(batch.get()).isEqualTo(BatchSize.LARGEST);
        batch.took(Duration.ofMillis(600));
        assertThat(batch.get()).as("neither quick nor slow").isEqualTo(BatchSize.LARGEST);
    }

    @Test
    void shrinksAtOnceToWhatASecondIsEnoughFor() {
        batch.took(Duration.ofSeconds(10));
        assertThat(batch.get()).isEqualTo(BatchSize.FIRST / 10);
        batch.took(Duration.ofMinutes(4));
        assertThat(batch.get()).isEqualTo(1);
        batch.took(Duration.ofMillis(1));
        assertThat(batch.get()).isEqualTo(2);
    }
}
