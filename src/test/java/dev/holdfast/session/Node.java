package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.SessionCodec;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.KeyFile;
import dev.holdfast.crypto.KeyRing;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.crypto.SessionCrypto;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node of a cluster, as the tests see it: an engine with the least of a container around it. */
final class Node implements EngineListener {
    static final Duration TOUCH_INTERVAL = Duration.ofSeconds(60);

    /** A value that is stored with a flag. */
    static final String FLAGGED = "flagged";

    /** With the key of all nodes, unless they are made with another one. */
    static final SessionCrypto SEALING = SessionCrypto.sealing(KeyRing.parse(KeyFile.newKey()));

    final FaultyStore store;
    final SessionEngine engine;
    final List<String> reports = Collections.synchronizedList(new ArrayList<>());

    Node(SessionStore store) {
        this(store, SEALING, Node.class.getClassLoader(), 1_000_000);
    }

    Node(SessionStore store, SessionCrypto crypto, ClassLoader loader, int maxSessionBytes) {
        this(store, crypto, codec(loader, maxSessionBytes), maxSessionBytes, 10_000, 64_000_000);
    }

    /** A node that keeps so many copies of sessions that no request uses, of so many bytes. */
    static Node keeping(SessionStore store, int maxIdleCopies, long maxIdleCopyBytes) {
        return new Node(store, SEALING, SharedCodec.INSTANCE, 1_000_000, maxIdleCopies, maxIdleCopyBytes);
    }

    private Node(
            SessionStore store,
            SessionCrypto crypto,
            EntryCodec codec,
            int maxSessionBytes,
            int maxIdleCopies,
            long maxIdleCopyBytes) {
        this.store = new FaultyStore(store);
        this.engine = new SessionEngine(
                new EngineSettings(
                        "app",
                        name -> !name.startsWith("local."),
                        TOUCH_INTERVAL,
                        maxSessionBytes,
                        maxIdleCopies,
                        maxIdleCopyBytes),
                this.store,
                codec,
                crypto,
                copy -> new Container(),
                this);
    }

    private static EntryCodec codec(ClassLoader loader, int maxSessionBytes) {
        CodecSettings settings = new CodecSettings(
                loader, name -> true, value -> value.equals(FLAGGED) ? 1 : 0, maxSessionBytes, 10_000);
        return new EntryCodec(new SessionCodec(settings), new SessionCodec(settings));
    }

    /** A node that costs little to make, because all of its kind share their codec, which keeps nothing of any session. */
    static Node light(SessionStore store) {
        return keeping(store, 10_000, 64_000_000);
    }

    private static final class SharedCodec {
        static final EntryCodec INSTANCE = codec(Node.class.getClassLoader(), 1_000_000);
    }

    /** What a container keeps of a session, in memory. */
    static final class Container implements ContainerState {
        /** A property that only who sets it knows. */
        static final String OF_A_NEWER_VERSION = "newer";

        private static final Set<String> NAMES = Set.of(TIMEOUT, "authType", "principal", "cart", "items");

        final Map<String, Object> properties = new ConcurrentHashMap<>(Map.of(TIMEOUT, 1_800));
        volatile String id = "";
        volatile boolean ended;
        volatile Runnable whenActivated = () -> {};
        volatile Runnable whenEnded = () -> {};

        @Override
        public Map<String, Object> properties() {
            return Map.copyOf(properties);
        }

        @Override
        public Set<String> propertyNames() {
            return NAMES;
        }

        @Override
        public void restore(String name, @Nullable Object value) {
            if (value == null) {
                properties.remove(name);
            } else if (NAMES.contains(name)) {
                properties.put(name, value);
            }
        }

        @Override
        public void accessedAt(long millis) {}

        @Override
        public void attributeActivated(String name, Object value) {
            Runnable then = whenActivated;
            whenActivated = () -> {};
            then.run();
        }

        @Override
        public void renamed(String sessionId) {
            id = sessionId;
        }

        @Override
        public void ended() {
            ended = true;
            whenEnded.run();
        }
    }

    /** A request that is running: it may be continued by several calls, and ends when it is closed. */
    final class Request implements AutoCloseable {
        private final RequestScope scope = new RequestScope();
        private final String sessionId;
        private Optional<SessionCopy> held = Optional.empty();

        Request(String sessionId) {
            this.sessionId = sessionId;
        }

        /** As a container does, holds on to the session that it has found. */
        Optional<SessionCopy> session() {
            if (held.isEmpty()) {
                try (RequestScope.Binding bound = scope.bind()) {
                    assert bound != null;
                    held = engine.find(sessionId);
                }
            }
            return held;
        }

        SessionCopy create() {
            try (RequestScope.Binding bound = scope.bind()) {
                assert bound != null;
                SessionCopy copy = engine.newCopy();
                engine.begin(copy, sessionId);
                held = Optional.of(copy);
                ((Container) copy.container()).id = sessionId;
                return copy;
            }
        }

        void run(Consumer<ConcurrentMap<String, Object>> application) {
            SessionCopy copy = session().orElseThrow();
            try (RequestScope.Binding bound = scope.bind()) {
                assert bound != null;
                application.accept(copy.attributes());
            }
        }

        @Nullable
        Object get(String name) {
            SessionCopy copy = session().orElseThrow();
            try (RequestScope.Binding bound = scope.bind()) {
                assert bound != null;
                return copy.attributes().get(name);
            }
        }

        String rotate(String newId) {
            SessionCopy copy = session().orElseThrow();
            try (RequestScope.Binding bound = scope.bind()) {
                assert bound != null;
                return engine.rotate(copy, newId);
            }
        }

        boolean end() {
            SessionCopy copy = session().orElseThrow();
            try (RequestScope.Binding bound = scope.bind()) {
                assert bound != null;
                return engine.end(copy);
            }
        }

        Container container() {
            return (Container) session().orElseThrow().container();
        }

        void save() {
            scope.save();
        }

        /** The id that the answer of this request would tell the client. */
        Optional<String> idToTell(SessionEngine asked) {
            return scope.idToTell(asked);
        }

        Optional<HoldfastException> failure() {
            return scope.failure();
        }

        /** Something goes wrong that is not the store's doing. */
        void fail() {
            scope.fail(new HoldfastException("the application failed"));
        }

        /** Ends as a request does that has failed. */
        void abandon() {
            scope.end();
        }

        @Override
        public void close() {
            try {
                scope.save();
            } finally {
                scope.end();
            }
        }
    }

    Request request(String sessionId) {
        return new Request(sessionId);
    }

    /** A whole request with one session that is there. */
    void serve(String sessionId, Consumer<ConcurrentMap<String, Object>> application) {
        try (Request request = request(sessionId)) {
            request.run(application);
        }
    }

    /** A whole request that begins a session. */
    void begin(String sessionId, Consumer<ConcurrentMap<String, Object>> application) {
        try (Request request = request(sessionId)) {
            SessionCopy copy = request.create();
            try (RequestScope.Binding bound = request.scope.bind()) {
                assert bound != null;
                application.accept(copy.attributes());
            }
        }
    }

    /** What a request finds in one attribute; {@code null} too where there is no session. */
    @Nullable
    Object read(String sessionId, String name) {
        try (Request request = request(sessionId)) {
            return request.session().isEmpty() ? null : request.get(name);
        }
    }

    /** What a request finds under an id, attribute by attribute and as text; empty where there is no session. */
    Optional<Map<String, String>> contents(String sessionId) {
        try (Request request = request(sessionId)) {
            if (request.session().isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> contents = new TreeMap<>();
            request.run(session -> session.forEach((name, value) -> contents.put(name, String.valueOf(value))));
            return Optional.of(contents);
        }
    }

    boolean knows(String sessionId) {
        try (Request request = request(sessionId)) {
            return request.session().isPresent();
        }
    }

    @Override
    public void notAuthentic(IdHash id, NotAuthenticException reason) {
        reports.add("not authentic: " + reason.getMessage());
    }

    @Override
    public void undecodable(IdHash id, UndecodableException reason) {
        reports.add("undecodable: " + reason.getMessage());
    }

    @Override
    public void notStored(IdHash id, Encoding.Refusal refusal) {
        reports.add("not stored: " + refusal.path() + ": " + refusal.reason());
    }
}
