package dev.holdfast.bench;

import dev.holdfast.bench.contestant.Contestants;
import dev.holdfast.bench.jmh.JmhRun;
import dev.holdfast.bench.load.WrongAnswer;
import dev.holdfast.bench.meter.DatabaseServer;
import dev.holdfast.bench.report.ConsoleTable;
import dev.holdfast.bench.report.ReportFiles;
import dev.holdfast.bench.report.Results;
import dev.holdfast.bench.report.Setting;
import dev.holdfast.bench.scenario.Findings;
import dev.holdfast.bench.scenario.Scenarios;
import dev.holdfast.demo.ParentWatch;
import dev.holdfast.it.node.Workshop;
import java.nio.file.Path;

/**
 * The benchmark's main program. Its options are system properties, see {@link Options}; exits with 0 if everything was
 * measured and every answer was right, whatever the figures are.
 */
public final class Bench {
    private final Options options;
    private final Path folder = Workshop.root().resolve("target").resolve("bench");

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String[] args) {
        ParentWatch.exitWithParents();
        Options options;
        try {
            options = Options.read();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        System.exit(new Bench(options).run() ? 0 : 1);
    }

    private boolean run() {
        if (options.run() == Run.JMH) {
            return JmhRun.run(folder);
        }
        try (DatabaseServer database = DatabaseServer.start()) {
            return options.run() == Run.TABLE ? table(database) : scenario(database);
        }
    }

    private boolean scenario(DatabaseServer database) {
        Narrator narrator = new Narrator(0);
        Facts.of(options, database).forEach(narrator::say);
        try {
            Findings findings = Scenarios.of(options.run()).run(options, database, narrator);
            narrator.say(findings.text());
            narrator.say("The figures: " + findings.write(folder, options.run().key()));
            return true;
        } catch (WrongAnswer e) {
            narrator.say("failed: " + e.getMessage());
            return false;
        }
    }

    private boolean table(DatabaseServer database) {
        Setting setting = new Setting(
                options.contestants().stream().map(Contestants::of).toList(),
                options.workloads(),
                options.rounds(),
                Facts.of(options, database));
        Results results = new Results();
        setting.contestants()
                .forEach(contestant -> contestant.missing().ifPresent(why -> results.missing(contestant.key(), why)));
        var present = setting.contestants().stream()
                .filter(contestant -> contestant.missing().isEmpty())
                .toList();
        Narrator narrator = new Narrator(
                options.rounds() * present.size() * options.workloads().size());
        setting.facts().forEach(narrator::say);
        setting.contestants().forEach(contestant -> contestant
                .missing()
                .ifPresent(why -> narrator.say(contestant.title() + " is left out: " + why)));
        Heat heat = new Heat(options, database, results, narrator);
        for (int round = 1; round <= options.rounds(); round++) {
            for (var contestant : present) {
                heat.run(contestant.key(), round);
            }
            // who ends the run after this round has what it has found so far
            ReportFiles.write(folder, setting, results);
        }
        narrator.say(ConsoleTable.of(setting, results));
        narrator.say("The report: " + ReportFiles.write(folder, setting, results));
        return !results.hasFailed();
    }
}
