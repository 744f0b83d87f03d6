package dev.holdfast.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.packaging.inside.ThereAndBack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kryo out of the -all JAR, which is relocated and lacks what it can do without, carries an application's values. */
class RelocatedCodecIT {
    @Test
    void carriesValuesThereAndBack() throws Exception {
        try (TomcatLib lib = new TomcatLib()) {
            assertThat(lib.run(ThereAndBack.class, Map.of())).isEqualTo("the same");
        }
    }
}
