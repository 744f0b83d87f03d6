package dev.holdfast.store;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failed statement tells, by its SQLSTATE.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>
 */
final class Diagnosis {
    /** Serialization failure and deadlock: PostgreSQL has rolled the transaction back. */
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01");

    /** A write that a read-only server refused: this connection leads to a standby, or to what was the primary. */
    private static final String READ_ONLY = "25006";

    /** Terminated by an administrator, by a crash of the server, or starting up; database dropped; session timed out. */
    private static final Set<String> TERMINATED = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03");

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final SQLException failure;
    private final String state;

    Diagnosis(SQLException failure) {
        this.failure = failure;
        this.state = Objects.requireNonNullElse(failure.getSQLState(), "");
    }

    /** Whether the statement certainly had no effect, so that a write may be repeated. */
    boolean undone() {
        return ROLLED_BACK.contains(state) || state.equals(READ_ONLY);
    }

    /** Whether the server got the statement and said no, so that none of its transaction remains. */
    boolean refused() {
        return !state.isEmpty() && !connectionLost();
    }

    /** Whether the connection is of no further use, and those beside it in the pool are suspect. */
    boolean connectionLost() {
        return state.startsWith("08") || TERMINATED.contains(state) || state.equals(READ_ONLY);
    }

    /** Whether the database took too long: asking again would wait as long again. */
    boolean timedOut() {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    boolean tableMissing() {
        return state.equals(UNDEFINED_TABLE) || state.equals(UNDEFINED_SCHEMA);
    }

    boolean rightsMissing() {
        return state.equals(INSUFFICIENT_PRIVILEGE);
    }

    boolean loginRefused() {
        return state.startsWith("28");
    }

    /** One line for people: what the database or the driver says, and what to do about it where that is known. */
    String reason() {
        String said = said();
        String code = state.isEmpty() || said.contains(state) ? "" : " (SQLSTATE " + state + ")";
        return said + code + advice();
    }

    /** What the database or the driver says, and no more. */
    String said() {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server == null ? failure.getMessage() : server.getMessage();
        return firstLine(message == null ? failure.getClass().getSimpleName() : message);
    }

    /** Further lines quote the row that was refused. */
    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("").strip();
    }

    private String advice() {
        if (timedOut()) {
            return "; the database did not answer in time";
        }
        if (tableMissing()) {
            return "; make the table: createSchema=\"true\", or run the SQL that the command \"schema\" prints";
        }
        if (rightsMissing()) {
            return "; grant the role select, insert, update and delete on the table, and usage on its schema";
        }
        if (loginRefused()) {
            return "; check username and password";
        }
        return "";
    }
}
