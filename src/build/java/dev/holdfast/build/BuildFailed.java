package dev.holdfast.build;

/** Ends the build with one line; what went wrong has been said before. */
final class BuildFailed extends Exception {
    private static final long serialVersionUID = 1L;

    BuildFailed(String message) {
        super(message, null, false, false);
    }
}
