package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What a client can do with a session. Not safe for use by several threads at once. */
final class Moves implements AutoCloseable {
    /** The numbers of the twins begin here. */
    static final int TWINS = 100;

    private static final int ANY = -1;
    private static final Key.Kind[] KINDS = Key.Kind.values();

    private final Crew crew;
    private final Random random;
    private final Actor self;
    private final Actor twin;

    Moves(int index, Crew crew, Random random) {
        this.crew = crew;
        this.random = random;
        this.self = new Actor(index, crew.recorder(), crew.ports());
        this.twin = new Actor(index + TWINS, crew.recorder(), crew.ports());
    }

    /** Sends a request to this node, or to any if it is negative. */
    Operation once(Tabs tabs, int node, Request request) {
        if (node >= 0) {
            return followed(request, self.send(tabs, node, request));
        }
        int chosen = crew.take(random, ANY);
        try {
            return followed(request, self.send(tabs, chosen, request));
        } finally {
            crew.giveBack(chosen);
        }
    }

    private static Operation followed(Request request, Operation operation) {
        request.intents().forEach(intent -> intent.key().follow(operation, intent.version()));
        return operation;
    }

    Operation write(Tabs tabs, String mode) {
        return once(tabs, ANY, changes(new Request(Kind.WRITE), tabs, self).mode(mode));
    }

    Operation redirect(Tabs tabs) {
        return once(tabs, ANY, changes(new Request(Kind.WRITE), tabs, self).step("redirect"));
    }

    private Request changes(Request request, Tabs tabs, Actor actor) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            request.change(tabs.key(actor.number(), KINDS[random.nextInt(KINDS.length)]));
        }
        return request;
    }

    Request slowWrite(Tabs tabs) {
        return slowly(tabs, self);
    }

    Request slowWriteOfTwin(Tabs tabs) {
        return slowly(tabs, twin);
    }

    private Request slowly(Tabs tabs, Actor actor) {
        Request request = new Request(Kind.WRITE).step("pause:" + random.nextInt(20));
        return changes(request, tabs, actor).step("pause:" + random.nextInt(80));
    }

    Request rotation(int times) {
        Request request = new Request(Kind.ROTATE).step("pause:" + random.nextInt(30));
        for (int i = 0; i < times; i++) {
            request.step("rotate");
        }
        return request;
    }

    Request farewell() {
        return new Request(Kind.LOGOUT).step("pause:" + random.nextInt(40)).step("logout");
    }

    /** Changes something, makes the answer begin, and asks another node for it as soon as the first byte is there. */
    Operation flush(Tabs tabs) {
        Request request = changes(new Request(Kind.FLUSH), tabs, self).flush(17_000);
        request.step("pause:" + (20 + random.nextInt(40)));
        if (random.nextBoolean()) {
            changes(request, tabs, self);
        }
        List<Key> keys =
                request.intents().stream().map(Request.Intent::key).distinct().toList();
        int node = crew.take(random, ANY);
        try {
            request.atFirstByte(() -> {
                Request look = new Request(Kind.READ);
                keys.forEach(key -> look.step("read:" + key.name()));
                int other = crew.take(random, node);
                try {
                    if (other != node) {
                        self.send(tabs, other, look);
                    }
                } finally {
                    crew.giveBack(other);
                }
            });
            return followed(request, self.send(tabs, node, request));
        } finally {
            crew.giveBack(node);
        }
    }

    /** Looks at the attributes of some client, or at those of all. */
    Operation read(Tabs tabs, boolean all) {
        int whose = all ? Integer.MIN_VALUE : random.nextInt(2) * TWINS + random.nextInt(8);
        Request request = new Request(Kind.READ);
        List<String> names = tabs.keyNames(whose);
        (names.isEmpty() ? List.of("k.none") : names).forEach(name -> request.step("read:" + name));
        return once(tabs, ANY, random.nextInt(4) == 0 ? request.mode("create") : request);
    }

    Operation rotate(Tabs tabs, int times, boolean withChanges) {
        Request request = withChanges ? changes(new Request(Kind.ROTATE), tabs, self) : new Request(Kind.ROTATE);
        for (int i = 0; i < times; i++) {
            request.step("rotate");
        }
        Operation rotated = once(tabs, ANY, withChanges ? changes(request, tabs, self) : request);
        if (rotated.lastId().isPresent()) {
            probe(tabs, rotated.presented());
        }
        return rotated;
    }

    Operation logout(Tabs tabs) {
        Operation last = once(tabs, ANY, new Request(Kind.LOGOUT).step("logout"));
        if (last.heard().loggedOut()) {
            probe(tabs, last.presented());
        }
        return last;
    }

    /** Two requests at the same time, one of them the twin's, and then a look at what the session's ids are worth. */
    Operation duel(Tabs tabs, Request one, Request other) {
        int nodeOfTwin = random.nextInt(crew.nodes());
        CompletableFuture<Operation> later =
                CompletableFuture.supplyAsync(() -> followed(other, twin.send(tabs, nodeOfTwin, other)), crew.twins());
        int node = crew.take(random, nodeOfTwin);
        Operation mine;
        try {
            mine = followed(one, self.send(tabs, node, one));
        } finally {
            crew.giveBack(node);
        }
        Operation twins = later.join();
        boolean moved = mine.kind() != Kind.WRITE || twins.kind() != Kind.WRITE;
        if (moved) {
            probe(tabs, mine.presented());
        }
        if (mine.heard().loggedOut() || twins.heard().loggedOut()) {
            return mine.heard().loggedOut() ? mine : twins;
        }
        Operation after = read(tabs, false);
        return after.found() == Found.NONE ? after : mine;
    }

    /** Tries an id of a session that has ended, or an older one of a session that goes by another. */
    Operation ghost(Tabs tabs) {
        List<Tabs> retired = crew.retired();
        Tabs chosen = retired.isEmpty() || random.nextInt(3) == 0 ? tabs : retired.get(random.nextInt(retired.size()));
        List<String> ids = chosen.ids();
        Operation probe = probe(chosen, ids.get(random.nextInt(ids.size())));
        return chosen == tabs ? probe : once(tabs, ANY, new Request(Kind.PROBE).step("look"));
    }

    void tryEveryId(Tabs tabs) {
        tabs.ids().forEach(id -> probe(tabs, id));
    }

    private Operation probe(Tabs tabs, String id) {
        int node = crew.take(random, ANY);
        try {
            return self.send(tabs, id, node, new Request(Kind.PROBE).step("look"));
        } finally {
            crew.giveBack(node);
        }
    }

    /** Looks at values of many types on all nodes, and whether the row is still the same afterwards. */
    Operation watch(Tabs tabs) {
        if (random.nextInt(4) == 0) {
            return once(tabs, ANY, new Request(Kind.WRITE).step("zoo:" + random.nextInt(1_000)));
        }
        self.row(tabs, tabs.cookie(), crew.look());
        Operation last = once(tabs, ANY, new Request(Kind.READ).step("look"));
        for (int i = random.nextInt(3); i > 0 && last.wasShown(); i--) {
            last = once(tabs, ANY, new Request(Kind.READ).step("look"));
        }
        self.row(tabs, tabs.cookie(), crew.look());
        return last;
    }

    @Override
    public void close() {
        self.close();
        twin.close();
    }
}
