package dev.holdfast.session;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which way a run takes where several are possible, and whether another run is to follow. */
interface Orders {
    /** Decides between this many possibilities, by number. */
    int choose(int possible);

    /**
     * Called after each run.
     *
     * @return whether there is another run to make
     */
    boolean next();

    /** Every way there is, one after the other: a run begins as the last one did and turns off at its last crossing. */
    static Orders all() {
        return new Orders() {
            private List<Integer> given = List.of();
            private List<Integer> taken = new ArrayList<>();
            private List<Integer> crossings = new ArrayList<>();

            @Override
            public int choose(int possible) {
                int at = taken.size();
                int number = at < given.size() ? given.get(at) : 0;
                taken.add(number);
                // Threads that get on without waiting for a turn may once in a while come to a crossing in another
                // state than before: then this way counts as gone, so that the exploration comes to an end.
                crossings.add(Math.max(possible, number + 1));
                return Math.min(number, possible - 1);
            }

            @Override
            public boolean next() {
                List<Integer> next = taken;
                List<Integer> last = crossings;
                taken = new ArrayList<>();
                crossings = new ArrayList<>();
                for (int at = next.size() - 1; at >= 0; at--) {
                    if (next.get(at) + 1 < last.get(at)) {
                        given = new ArrayList<>(next.subList(0, at));
                        given.add(next.get(at) + 1);
                        return true;
                    }
                }
                return false;
            }
        };
    }

    /** As many ways as asked for, by chance. */
    static Orders sample(RandomGenerator random, int runs) {
        return new Orders() {
            private int left = runs;

            @Override
            public int choose(int possible) {
                return random.nextInt(possible);
            }

            @Override
            public boolean next() {
                return --left > 0;
            }
        };
    }

    /** The first so many of all ways, and if that was not all, as many others by chance. */
    static Orders some(int atMost, RandomGenerator random) {
        Orders all = all();
        Orders sample = sample(random, atMost);
        return new Orders() {
            private int left = atMost;

            @Override
            public int choose(int possible) {
                return left > 0 ? all.choose(possible) : sample.choose(possible);
            }

            @Override
            public boolean next() {
                if (left == 0) {
                    return sample.next();
                }
                left--;
                return all.next();
            }
        };
    }
}
