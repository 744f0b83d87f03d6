package dev.holdfast.it.history;

import dev.holdfast.it.history.Operation.Found;
import dev.holdfast.it.history.Operation.Kind;
import dev.holdfast.it.history.Operation.Outcome;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One thread that uses the sessions, as its own random numbers choose, until the crew is done. */
final class Client implements Runnable {
    private static final int PAIR_NUMBERS = 1_000_000;

    private final int index;
    private final Crew crew;
    private final Random random;
    private final Moves moves;
    private final Key pairA;
    private final Key pairB;

    Client(int index, Crew crew, long seed) {
        this.index = index;
        this.crew = crew;
        this.random = new Random(seed * 31 + index);
        this.moves = new Moves(index, crew, random);
        this.pairA = new Key("m.a", Key.Kind.SET, (long) (index + 1) * PAIR_NUMBERS);
        this.pairB = new Key("m.b", Key.Kind.SET, (long) (index + 1) * PAIR_NUMBERS);
    }

    @Override
    public void run() {
        try (moves) {
            while (!crew.isDone()) {
                Slot slot = crew.slot(random);
                if (slot.rests()) {
                    pause(2);
                    continue;
                }
                Tabs tabs = slot.tabs();
                if (tabs == null) {
                    start(slot);
                } else {
                    play(slot, tabs);
                }
            }
        }
    }

    private void start(Slot slot) {
        if (!slot.reserve()) {
            pause(2);
            return;
        }
        Tabs tabs = crew.newTabs(slot.type());
        Request request = new Request(Kind.START).step("start:" + tabs.label() + ":" + tabs.timeoutSeconds());
        if (slot.type() == Slot.Type.QUIET) {
            request.step("zoo:" + index);
        }
        if (slot.type() == Slot.Type.PINNED) {
            request.change(pairA).change(pairB);
        }
        Operation started = moves.once(tabs, -1, request);
        if (started.outcome() == Outcome.DONE && !tabs.cookie().isEmpty()) {
            slot.occupy(tabs);
            crew.started(tabs);
        } else {
            slot.leave();
        }
    }

    private void play(Slot slot, Tabs tabs) {
        Operation last =
                switch (slot.type()) {
                    case BUSY -> busy(tabs);
                    case LOGIN -> login(tabs);
                    case PINNED -> pinned(tabs);
                    case SHORT -> briefly(slot, tabs);
                    case QUIET -> moves.watch(tabs);
                };
        if (last.heard().loggedOut()) {
            crew.retire(slot, tabs);
        } else if (last.found() == Found.NONE && last.presented().equals(tabs.cookie())) {
            if (!slot.type().expires()) {
                moves.tryEveryId(tabs);
            }
            crew.retire(slot, tabs);
        } else if (!last.wasShown()) {
            pause(20 + random.nextInt(60));
        }
    }

    private Operation busy(Tabs tabs) {
        int die = random.nextInt(100);
        if (die < 32) {
            return moves.write(tabs, "");
        } else if (die < 40) {
            return moves.write(tabs, "async");
        } else if (die < 44) {
            return moves.write(tabs, "dispatch");
        } else if (die < 48) {
            return moves.redirect(tabs);
        } else if (die < 62) {
            return moves.flush(tabs);
        } else if (die < 86) {
            return moves.read(tabs, random.nextInt(8) == 0);
        } else if (die < 92) {
            return moves.duel(tabs, moves.slowWrite(tabs), moves.slowWriteOfTwin(tabs));
        } else if (die < 95) {
            return moves.rotate(tabs, 1, true);
        } else if (die < 99) {
            return moves.ghost(tabs);
        }
        return random.nextInt(3) == 0 ? moves.logout(tabs) : moves.read(tabs, true);
    }

    private Operation login(Tabs tabs) {
        int die = random.nextInt(100);
        if (die < 20) {
            return moves.write(tabs, "");
        } else if (die < 30) {
            return moves.read(tabs, false);
        } else if (die < 38) {
            return moves.rotate(tabs, 1 + random.nextInt(2), random.nextBoolean());
        } else if (die < 50) {
            return moves.duel(tabs, moves.rotation(1), moves.rotation(1 + random.nextInt(2)));
        } else if (die < 68) {
            return moves.duel(tabs, moves.slowWrite(tabs), moves.rotation(1 + random.nextInt(2)));
        } else if (die < 76) {
            return moves.duel(tabs, moves.slowWrite(tabs), moves.farewell());
        } else if (die < 80) {
            return moves.duel(tabs, moves.rotation(1), moves.farewell());
        } else if (die < 82) {
            return moves.duel(tabs, moves.farewell(), moves.farewell());
        } else if (die < 98) {
            return moves.ghost(tabs);
        }
        return moves.logout(tabs);
    }

    /** Each node has one client, so that nothing but the database is between them. */
    private Operation pinned(Tabs tabs) {
        if (index >= crew.nodes()) {
            return moves.ghost(tabs);
        }
        Request request = random.nextInt(3) == 0
                ? new Request(Kind.READ).step("read:m.a").step("read:m.b")
                : new Request(Kind.WRITE)
                        .change(pairA)
                        .step("pause:" + random.nextInt(4))
                        .change(pairB);
        return moves.once(tabs, index, request);
    }

    private Operation briefly(Slot slot, Tabs tabs) {
        long timeout = TimeUnit.SECONDS.toNanos(tabs.timeoutSeconds());
        Operation operation = random.nextBoolean() ? moves.write(tabs, "") : moves.read(tabs, true);
        long rest = random.nextInt(5) == 0
                ? timeout + timeout / 10 + 1_300_000_000L
                : (long) (timeout * 0.9 * random.nextDouble());
        slot.restUntil(System.nanoTime() + rest);
        return operation;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The keys that several clients write have numbers that begin with the client's. */
    static List<String> pair() {
        return List.of("m.a", "m.b");
    }
}
