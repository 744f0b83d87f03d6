package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.EngineStats;
import dev.holdfast.store.StoreUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.catalina.DistributedManager;
import org.apache.juli.logging.Log;

/**
 * What an operator sees of a manager: figures of what it has done since it started, what it holds, and whether the database is
 * well. JMX shows those that {@code mbeans-descriptors.xml} names. Counts are zero while the manager is stopped. Safe for use by
 * many threads.
 */
abstract class ManagerFigures extends ManagerAttributes implements DistributedManager {
    /** The manager's parts; empty while it is stopped. */
    abstract Optional<Running> present();

    abstract Log log();

    /** What begins each entry in the log. */
    abstract String prefix();

    /** The name under which Tomcat's tools list this manager. */
    @Override
    public String getName() {
        return "PostgresSessionManager";
    }

    /** Sessions that this node holds a copy of at the moment; {@link #countSessions} counts those of all nodes. */
    @Override
    public int getActiveSessions() {
        return present().map(running -> running.engine().copyCount()).orElse(0);
    }

    /** Sessions of which this node keeps a copy for their next request. One that has come back may still be among them. */
    public int getIdleCopies() {
        return present().map(running -> running.engine().idleCopies().copies()).orElse(0);
    }

    /** About as many bytes of memory as these copies take. */
    public long getIdleCopyBytes() {
        return present().map(running -> running.engine().idleCopies().bytes()).orElse(0L);
    }

    /**
     * Live sessions of this application on all nodes. Tomcat undeploys an old version of an application when this is zero, so an
     * unreachable database answers with at least one.
     */
    @Override
    public int getActiveSessionsFull() {
        try {
            return (int) Math.min(Integer.MAX_VALUE, counted());
        } catch (HoldfastException e) {
            log().warn(prefix() + "the sessions could not be counted: " + e.getMessage());
            return Math.max(1, getActiveSessions());
        }
    }

    /** Always empty: the ids of stored sessions are not known to anybody but their clients. */
    @Override
    public Set<String> getSessionIdsFull() {
        return Set.of();
    }

    /** Live sessions of this application on all nodes, counted in the database now; -1 if it does not answer. */
    public long countSessions() {
        try {
            return counted();
        } catch (HoldfastException e) {
            return -1;
        }
    }

    /** The database's health in one sentence. Asks the database; answers within two seconds. */
    public String getHealth() {
        return present().map(running -> running.store().health().message()).orElse("stopped");
    }

    private long counted() {
        return present()
                .orElseThrow(() -> new StoreUnavailableException("this application is not running", null))
                .store()
                .countAlive();
    }

    private long count(ToLongFunction<EngineStats> counter) {
        return present()
                .map(running -> counter.applyAsLong(running.engine().stats()))
                .orElse(0L);
    }

    /** Sessions read from the database. */
    public long getLoads() {
        return count(EngineStats::loads);
    }

    /** Look-ups that found no live session. */
    public long getMisses() {
        return count(EngineStats::misses);
    }

    /** Sessions inserted. */
    public long getCreates() {
        return count(EngineStats::creates);
    }

    /** Changed sessions written. */
    public long getSaves() {
        return count(EngineStats::saves);
    }

    /** Writes that met another node's write and were merged with it. */
    public long getConflicts() {
        return count(EngineStats::conflicts);
    }

    /** Accesses recorded on their own. */
    public long getTouches() {
        return count(EngineStats::touches);
    }

    /** Session ids changed. */
    public long getRotations() {
        return count(EngineStats::rotations);
    }

    /** Sessions ended by the application. */
    public long getInvalidations() {
        return count(EngineStats::invalidations);
    }

    /** Requests that could not load or save their session. */
    public long getFailures() {
        return count(EngineStats::failures);
    }

    /** Rows and attributes that did not open or did not decode. */
    public long getUnreadable() {
        return count(EngineStats::unreadable);
    }

    /** Attributes that stayed on this node because they cannot be stored. */
    public long getNotStored() {
        return count(EngineStats::notStored);
    }
}
