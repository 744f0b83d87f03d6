package dev.holdfast.store;

/** What {@link SessionStore#health} found. The messages are stable, so that monitoring may compare them. */
public sealed interface HealthStatus {
    /** One short sentence for an operator. */
    String message();

    /** The store answered in time. */
    record Healthy(String message) implements HealthStatus {}

    /** The store answers, but an operator should look: slowly, or with every connection in use. */
    record Degraded(String message) implements HealthStatus {}

    /** The store did not answer, or cannot serve sessions. */
    record Unhealthy(String message) implements HealthStatus {}
}
