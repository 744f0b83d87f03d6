package dev.holdfast.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.SessionCodec;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes from another node while a request of this node is being saved: never taken for a change of that request. */
class TakeOverTest extends EngineTestBase {
    private static final int TIMEOUT = 99;

    /** A container during whose taking over something else happens. */
    private static final class Container implements ContainerState {
        final Map<String, Object> properties = new ConcurrentHashMap<>(Map.of(ContainerState.TIMEOUT, 1_800));
        volatile String id = "";
        volatile @Nullable Runnable meanwhile;

        @Override
        public Map<String, Object> properties() {
            return Map.copyOf(properties);
        }

        @Override
        public Set<String> propertyNames() {
            return Set.of(ContainerState.TIMEOUT);
        }

        @Override
        public void restore(String name, @Nullable Object value) {
            Runnable other = meanwhile;
            if (other != null) {
                meanwhile = null;
                other.run();
            }
            if (value != null) {
                properties.put(name, value);
            }
        }

        @Override
        public void accessedAt(long millis) {}

        @Override
        public void attributeActivated(String name, Object value) {}

        @Override
        public void renamed(String sessionId) {
            id = sessionId;
        }

        @Override
        public void ended() {}
    }

    private final FaultyStore calls = new FaultyStore(store);
    private final SessionEngine engine = engine();
    private final RequestScope reader = new RequestScope();
    private final Thread saving = new Thread(reader::save);

    private SessionEngine engine() {
        CodecSettings settings =
                new CodecSettings(getClass().getClassLoader(), name -> true, value -> 0, 1_000_000, 10_000);
        return new SessionEngine(
                new EngineSettings("app", name -> true, Node.TOUCH_INTERVAL, 1_000_000, 100, 10_000_000),
                calls,
                new EntryCodec(new SessionCodec(settings), new SessionCodec(settings)),
                Node.SEALING,
                copy -> new Container(),
                a);
    }

    private SessionCopy find(RequestScope scope) {
        try (RequestScope.Binding bound = scope.bind()) {
            assertThat(bound).isNotNull();
            return engine.find(ID).orElseThrow();
        }
    }

    /** Begins to save the reader, and returns when that is done or has to wait. */
    private void saveReader() {
        saving.start();
        EnumSet<Thread.State> arrived = EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TERMINATED);
        await().until(() -> arrived.contains(saving.getState()));
    }

    @Test
    void theContainersPropertiesAreNotWrittenBack() throws InterruptedException {
        a.begin(ID, session -> {});
        Container container = (Container) find(reader).container();
        try (Node.Request other = b.request(ID)) {
            other.container().properties.put(ContainerState.TIMEOUT, TIMEOUT);
        }
        container.meanwhile = this::saveReader;
        calls.calls();

        RequestScope next = new RequestScope();
        find(next);
        saving.join();
        reader.end();
        next.end();

        assertThat(calls.calls()).containsExactly("load");
        try (Node.Request later = a.request(ID)) {
            assertThat(later.container().properties).containsEntry(ContainerState.TIMEOUT, TIMEOUT);
        }
    }

    @Test
    void theOldIdDoesNotComeBack() throws InterruptedException {
        a.begin(ID, session -> {});
        Container container = (Container) find(reader).container();
        RequestScope writer = new RequestScope();
        SessionCopy copy = find(writer);
        try (RequestScope.Binding bound = writer.bind()) {
            assertThat(bound).isNotNull();
            copy.attributes().put("x", "1");
        }
        try (Node.Request other = b.request(ID)) {
            other.container().properties.put(ContainerState.TIMEOUT, TIMEOUT);
            other.rotate(ID2);
        }
        container.meanwhile = this::saveReader;

        writer.save();
        saving.join();
        writer.end();
        reader.end();

        assertThat(container.id).isEqualTo(ID2);
        try (Node.Request later = a.request(ID2)) {
            assertThat(later.container().id).isEqualTo(ID2);
            assertThat(later.get("x")).isEqualTo("1");
        }
    }
}
