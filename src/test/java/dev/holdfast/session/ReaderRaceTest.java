package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.codec.Catalogues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Readers on one node look at every value of the catalogues, while writers on the other node replace those values and change them in
 * place. The readers' node writes nothing, and no change of a writer's is undone.
 */
class ReaderRaceTest extends RaceBase {
    private static final int LONGEST_CHARS = 10_000;
    private static final int SESSIONS = 8;
    private static final int READERS = 3;

    private final List<Map.Entry<String, Callable<Object>>> catalogue = suitable();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger inPlace = new AtomicInteger();

    /**
     * The huge ones only take time. Of the blocking ones a lock is part of what is written, as Java serialization has it: whoever encodes
     * one while another request asks it something finds it locked, and writes the same value once more.
     */
    private static List<Map.Entry<String, Callable<Object>>> suitable() {
        return Catalogues.all().entrySet().stream()
                .filter(entry -> !List.of("JDK: String long", "application: many with hooks", "JDK: HashMap large")
                        .contains(entry.getKey()))
                .filter(entry -> !entry.getKey().contains("Blocking"))
                .toList();
    }

    @Test
    void readersWriteNothingAndUndoNothing() throws Exception {
        int changes = rounds(400, 10_000);
        for (int session = 0; session < SESSIONS; session++) {
            int number = session;
            b.begin(id(session), attributes -> mine(number).forEach((name, value) -> {
                attributes.put(name, edition(value, 0));
                acknowledged.put(name, 0);
            }));
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger left = new AtomicInteger(changes);
        List<Actor> actors = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int number = writer;
            actors.add(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        change(number);
                    }
                } finally {
                    over.set(true);
                }
            });
        }
        for (int reader = 0; reader < READERS; reader++) {
            actors.add(() -> {
                while (!over.get()) {
                    look(a, ThreadLocalRandom.current().nextInt(SESSIONS));
                    a.engine.forgetIdleCopies(Duration.ZERO);
                }
            });
        }

        race(actors);

        for (int session = 0; session < SESSIONS; session++) {
            look(observer, session);
        }
        hold(
                a.engine.stats().saves() == 0,
                "the readers' node has saved " + a.engine.stats().saves() + " times");
        assertThat(inPlace).as("changes in place of the values themselves").hasPositiveValue();
        report(
                "readers of " + catalogue.size() + " values against writers",
                changes,
                looks + " values looked at, " + inPlace + " values changed in place");
    }

    private static String id(int session) {
        return "CATALOGUE" + session;
    }

    private Map<String, Callable<Object>> mine(int session) {
        Map<String, Callable<Object>> mine = new TreeMap<>();
        for (int i = session; i < catalogue.size(); i += SESSIONS) {
            mine.put(catalogue.get(i).getKey(), catalogue.get(i).getValue());
        }
        return mine;
    }

    /** A value with the number of the change that made it. */
    private static List<Object> edition(Callable<Object> value, int number) {
        try {
            return new ArrayList<>(List.of(value.call(), number));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One change to one attribute by the only writer of its session. */
    private void change(int writer) {
        int session = 2 * ThreadLocalRandom.current().nextInt(SESSIONS / 2) + writer;
        Map<String, Callable<Object>> mine = mine(session);
        List<String> names = List.copyOf(mine.keySet());
        String name = names.get(ThreadLocalRandom.current().nextInt(names.size()));
        Callable<Object> value = Objects.requireNonNull(mine.get(name));
        int before = Objects.requireNonNull(acknowledged.get(name));
        b.serve(id(session), attributes -> {
            List<Object> found = list(attributes.get(name));
            hold(found.get(1).equals(before), name + " is at " + found.get(1) + " after " + before);
            if (perhaps()) {
                attributes.put(name, edition(value, before + 1));
            } else {
                if (changedInPlace(found.get(0))) {
                    inPlace.incrementAndGet();
                }
                found.set(1, before + 1);
            }
        });
        acknowledged.put(name, before + 1);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object attribute) {
        return (List<Object>) Objects.requireNonNull(attribute);
    }

    /** What an application does with such a value, as far as the value takes it. */
    @SuppressWarnings({"unchecked", "JavaUtilDate"})
    private static boolean changedInPlace(Object value) {
        try {
            if (value instanceof Collection<?> collection) {
                return ((Collection<Object>) collection)
                        .add("d" + ThreadLocalRandom.current().nextInt(5));
            } else if (value instanceof Map<?, ?> map) {
                ((Map<Object, Object>) map)
                        .put("d" + ThreadLocalRandom.current().nextInt(5), "in place");
            } else if (value instanceof Date date) {
                date.setTime(date.getTime() + 1);
            } else if (value instanceof AtomicInteger number) {
                number.incrementAndGet();
            } else if (value instanceof StringBuilder text) {
                text.append('!');
            } else if (value instanceof Object[] array && array.length > 1 && array.getClass() == Object[].class) {
                array[0] = array[1];
            } else if (value instanceof int[] array && array.length > 0) {
                array[0]++;
            } else {
                return false;
            }
            return true;
        } catch (RuntimeException e) {
            // It does not take that.
            return false;
        }
    }

    /** A request that reads every attribute of a session, and asks each value what it is. */
    private void look(Node node, int session) {
        Map<String, Integer> before = Map.copyOf(acknowledged);
        try (Node.Request request = node.request(id(session))) {
            request.run(attributes -> mine(session).keySet().forEach(name -> look(attributes, name, before)));
        }
    }

    private void look(ConcurrentMap<String, Object> attributes, String name, Map<String, Integer> before) {
        List<Object> found = list(attributes.get(name));
        int least = Objects.requireNonNull(before.get(name));
        hold((Integer) found.get(1) >= least, name + " is read as " + found.get(1) + " after " + least);
        use(found.get(0));
        looks.incrementAndGet();
    }

    /** To ask a value what it is changes nothing about it; some that contain themselves never end the answer. */
    private static void use(Object value) {
        try {
            if (value instanceof Object[] array) {
                assertThat(Arrays.stream(array).filter(Objects::nonNull).count())
                        .isNotNegative();
            } else if (value instanceof Collection<?> collection) {
                if (collection.size() < LONGEST_CHARS) {
                    collection.iterator().forEachRemaining(element -> {});
                }
            } else {
                String text = value.toString();
                assertThat(text.length() + value.hashCode()).isNotEqualTo(-1);
            }
        } catch (RuntimeException | StackOverflowError e) {
            // A value that cannot be asked is one all the same.
        }
    }
}
