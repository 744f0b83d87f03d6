package dev.holdfast.session;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session as the container's session object sees them. Each access is a use of the session; iteration works
 * on a snapshot of the names. As safe for use by many threads as {@link SessionCopy}.
 */
final class AttributeMap extends AbstractMap<String, Object> implements ConcurrentMap<String, Object> {
    private final SessionCopy copy;

    AttributeMap(SessionCopy copy) {
        this.copy = copy;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return name instanceof String s ? copy.get(EntryName.ofAttribute(s)) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable Object put(String name, Object value) {
        return copy.put(EntryName.ofAttribute(name), Objects.requireNonNull(value, "value"));
    }

    @Override
    public @Nullable Object remove(@Nullable Object name) {
        return name instanceof String s ? copy.remove(EntryName.ofAttribute(s)) : null;
    }

    @Override
    public @Nullable Object putIfAbsent(String name, Object value) {
        synchronized (this) {
            Object present = get(name);
            return present == null ? put(name, value) : present;
        }
    }

    @Override
    public boolean remove(Object name, @Nullable Object value) {
        synchronized (this) {
            if (!Objects.equals(get(name), value)) {
                return false;
            }
            return remove(name) != null;
        }
    }

    @Override
    public boolean replace(String name, Object expected, Object value) {
        synchronized (this) {
            if (!Objects.equals(get(name), expected)) {
                return false;
            }
            put(name, value);
            return true;
        }
    }

    @Override
    public @Nullable Object replace(String name, Object value) {
        synchronized (this) {
            return get(name) == null ? null : put(name, value);
        }
    }

    @Override
    public int size() {
        return copy.attributeNames().size();
    }

    @Override
    public Set<String> keySet() {
        return Set.copyOf(copy.attributeNames());
    }

    @Override
    public void clear() {
        copy.attributeNames().forEach(this::remove);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Set<String> names = copy.attributeNames();
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return names.stream()
                        .map(name -> {
                            Object value = get(name);
                            return value == null ? null : (Map.Entry<String, Object>) new SimpleEntry<>(name, value);
                        })
                        .filter(Objects::nonNull)
                        .iterator();
            }

            @Override
            public int size() {
                return names.size();
            }
        };
    }
}
