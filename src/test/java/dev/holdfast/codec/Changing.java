package dev.holdfast.codec;

import dev.holdfast.codec.legacy.Torn;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A value of a session that other threads change: how, and what may be found in it. Half of what they put into it is the same
 * object again and again, so that it also comes back to what it was before.
 *
 * @param value what is encoded
 * @param changed what the other threads get hold of: the value, or what is behind it
 */
@SuppressWarnings({"unchecked", "JavaUtilDate", "NonApiType", "EnumOrdinal"})
record Changing(String name, Object value, Object changed) {
    private static final int MOST_ELEMENTS = 60;
    private static final String[] KEYS = new String[40];

    static {
        Arrays.setAll(KEYS, i -> "k" + i);
    }

    static Changing itself(String name, Object value) {
        return new Changing(name, value, value);
    }

    /** Whether there is anything that a thread could change in such an object. */
    static boolean isChangeable(Object value) {
        try {
            itself("", value).change(new SplittableRandom(1));
            return true;
        } catch (UnsupportedOperationException | ClassCastException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Changes it a little. May throw what an unguarded object throws at two threads. */
    void change(SplittableRandom random) {
        if (changed instanceof EnumMap<?, ?> map) {
            enumMap((EnumMap<TimeUnit, Object>) map, random);
        } else if (changed instanceof Map<?, ?> map) {
            map((Map<Object, Object>) map, random);
        } else if (changed instanceof EnumSet<?> set) {
            enumSet(set, random);
        } else if (changed instanceof Collection<?> collection) {
            collection((Collection<Object>) collection, random);
        } else if (changed instanceof Torn.OwnHooks own) {
            collection(own.elements, random);
        } else if (changed instanceof Torn.OwnHooksOfMap own) {
            map(own.entries, random);
        } else if (changed instanceof Torn.OwnExternal own) {
            collection(own.elements, random);
        } else if (changed instanceof Object[] array) {
            array[random.nextInt(array.length)] = element(random);
        } else {
            leaf(random);
        }
    }

    private void map(Map<Object, Object> map, SplittableRandom random) {
        Object key =
                name.endsWith("EnumMap") ? TimeUnit.values()[random.nextInt(7)] : KEYS[random.nextInt(KEYS.length)];
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> map.remove(key);
            case 3 -> {
                if (map.size() > MOST_ELEMENTS || random.nextInt(20) == 0) {
                    map.clear();
                }
            }
            default -> map.put(key, random.nextBoolean() ? "v" : "v" + random.nextInt());
        }
    }

    private static void enumMap(EnumMap<TimeUnit, Object> map, SplittableRandom random) {
        TimeUnit unit = TimeUnit.values()[random.nextInt(7)];
        switch (random.nextInt(4)) {
            case 0 -> map.clear(); // it is often empty: an empty one is encoded in another way
            case 1 -> map.remove(unit);
            default -> map.put(unit, "v");
        }
    }

    private static <E extends Enum<E>> void enumSet(EnumSet<E> set, SplittableRandom random) {
        EnumSet<E> all = EnumSet.copyOf(set);
        all.addAll(EnumSet.complementOf(set));
        E constant = (E) all.toArray()[random.nextInt(all.size())];
        if (random.nextInt(10) == 0) {
            set.clear();
        } else if (!set.remove(constant)) {
            set.add(constant);
        }
    }

    private static void collection(Collection<Object> collection, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> collection.remove("e");
            case 2 -> {
                Iterator<Object> iterator = collection.iterator();
                if (iterator.hasNext()) {
                    collection.remove(iterator.next());
                }
            }
            case 3 -> {
                if (collection.size() > MOST_ELEMENTS || random.nextInt(20) == 0) {
                    collection.clear();
                }
            }
            default -> {
                Object element = element(random);
                if (collection instanceof Queue<Object> queue) {
                    queue.offer(element);
                } else {
                    collection.add(element);
                }
            }
        }
    }

    private static String element(SplittableRandom random) {
        return random.nextBoolean() ? "e" : "e" + random.nextInt();
    }

    private void leaf(SplittableRandom random) {
        if (changed instanceof BitSet bits) {
            bits.flip(random.nextInt(700));
            if (random.nextInt(50) == 0) {
                bits.clear();
            }
        } else if (changed instanceof StringBuilder builder) {
            builder.append(random.nextBoolean() ? "x" : "\u20ac");
            if (builder.length() > MOST_ELEMENTS) {
                builder.setLength(0);
                builder.trimToSize();
            }
        } else if (changed instanceof StringBuffer buffer) {
            buffer.append(random.nextBoolean() ? "x" : "\u20ac");
            if (buffer.length() > MOST_ELEMENTS) {
                buffer.setLength(0);
            }
        } else if (changed instanceof java.sql.Timestamp stamp) {
            stamp.setTime(random.nextLong(1L << 40));
            stamp.setNanos(random.nextInt(1_000_000_000));
        } else if (changed instanceof Date date) {
            date.setTime(random.nextLong(1L << 40));
        } else if (changed instanceof GregorianCalendar calendar) {
            calendar.add(Calendar.DAY_OF_MONTH, random.nextInt(100) - 50);
            calendar.get(Calendar.MONTH);
        } else if (changed instanceof Random other) {
            other.nextInt();
        } else if (changed instanceof AtomicReference<?> reference) {
            ((AtomicReference<Object>) reference).set(element(random));
        } else {
            throw new UnsupportedOperationException("nothing in it that a thread could change: " + changed.getClass());
        }
    }

    /** What is in a decoded value that was never put there; null if there is no such thing. */
    static @Nullable Object foreign(@Nullable Object decoded) {
        if (decoded instanceof Torn.Owner owner) {
            return foreign(owner.changing);
        }
        if (decoded instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!(isKey(entry.getKey()) && isValue(entry.getValue()))) {
                    return "the entry " + entry.getKey() + "=" + entry.getValue();
                }
            }
        } else if (decoded instanceof Collection<?> collection) {
            for (Object element : collection) {
                if (!isElement(element)) {
                    return "the element " + element;
                }
            }
        } else if (decoded instanceof Torn.OwnHooks own) {
            return foreign(own.elements);
        } else if (decoded instanceof Torn.OwnExternal own) {
            return foreign(own.elements);
        } else if (decoded instanceof Torn.OwnHooksOfMap own) {
            return foreign(own.entries);
        }
        return null;
    }

    private static boolean isKey(@Nullable Object key) {
        return key instanceof Enum<?> || (key instanceof String text && text.matches("k\\d+"));
    }

    private static boolean isValue(@Nullable Object value) {
        return value instanceof String text && text.matches("v(-?\\d+)?");
    }

    private static boolean isElement(@Nullable Object element) {
        return element instanceof Enum<?> || (element instanceof String text && text.matches("e(-?\\d+)?"));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Takes out what the catalogue put in. */
    void empty() {
        if (changed instanceof Map<?, ?> map && !(map instanceof IdentityHashMap<?, ?>)) {
            map.clear();
        } else if (changed instanceof Collection<?> collection && !(collection instanceof EnumSet<?>)) {
            collection.clear();
        } else if (changed instanceof IdentityHashMap<?, ?> map) {
            map.clear();
        }
    }
}
