package dev.holdfast.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request that goes on for hours must not become slower, nor hold what nobody needs any more. */
class LongRequestTest extends EngineTestBase {
    private static List<Object> listOf(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    /** Each turn regroups what the long request holds, with what it was grouped with before and with what it was not. */
    @Test
    @Timeout(60)
    void othersMayRegroupWhatItHoldsAsOftenAsTheyLike() {
        a.begin(ID, session -> session.putAll(Map.of("a", listOf("a"), "b", listOf("b"), "current", listOf())));
        try (Node.Request request = a.request(ID)) {
            request.get("current");
            for (int turn = 0; turn < 200; turn++) {
                String next = turn % 2 == 0 ? "a" : "b";
                a.serve(ID, session -> {
                    List<Object> current = list(session.get("current"));
                    current.clear();
                    current.add(session.get(next));
                });
            }
        }

        assertThat(b.read(ID, "current")).isEqualTo(List.of(List.of("b")));
    }

    @Test
    void whatItHasReplacedIsFree() {
        a.begin(ID, session -> {});
        try (Node.Request request = a.request(ID)) {
            List<WeakReference<Object>> replaced = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                request.run(session -> session.put("progress", listOf("step")));
                replaced.add(new WeakReference<>(Objects.requireNonNull(request.get("progress"))));
            }
            request.run(session -> session.remove("progress"));

            await().atMost(30, SECONDS).until(() -> {
                System.gc();
                return replaced.stream().allMatch(each -> each.get() == null);
            });
        }
    }
}
