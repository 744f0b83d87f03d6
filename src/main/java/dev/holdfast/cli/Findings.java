package dev.holdfast.cli;

/** What a check finds, line by line as it finds it: {@code ok}, {@code note} or {@code WRONG}, the subject, the finding. */
final class Findings {
    private final Console console;
    private int wrong;

    Findings(Console console) {
        this.console = console;
    }

    /** As it should be. */
    void ok(String subject, String finding) {
        line("ok", subject, finding);
    }

    /** Worth knowing, and not wrong. */
    void note(String subject, String finding) {
        line("note", subject, finding);
    }

    /** Wrong; the finding says how to mend it. */
    void wrong(String subject, String finding) {
        wrong++;
        line("WRONG", subject, finding);
    }

    /** The last line, and the exit status. */
    int conclude() {
        console.result("");
        if (wrong == 0) {
            console.result("All is well.");
            return Console.OK;
        }
        console.result(wrong == 1 ? "One thing is wrong." : wrong + " things are wrong.");
        return Console.FAILED;
    }

    private void line(String verdict, String subject, String finding) {
        console.result("%-6s %-9s %s".formatted(verdict, subject, finding));
    }
}
