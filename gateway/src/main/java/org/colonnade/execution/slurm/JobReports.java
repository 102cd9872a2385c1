package org.colonnade.execution.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what squeue and sacct print: text, and JSON in its old and new shapes. */
final class JobReports {

    /** The format that {@link #fromSqueue} reads. */
    static final String SQUEUE_FORMAT = "%A|%T|%r";

    /** The fields that {@link #fromSacct} reads. */
    static final String SACCT_FIELDS = "JobIDRaw,State,ExitCode,Restarts";

    private JobReports() {}

    /** Lines that are none of ours, such as a banner, are passed over. */
    static List<JobReport> fromSqueue(String text) {
        return lines(
                text,
                3,
                words -> new JobReport(
                        Long.parseLong(words[0]), SlurmState.parse(words[1]), reason(words[2]), null, 0, 0));
    }

    static List<JobReport> fromSacct(String text) {
        return lines(text, 4, words -> {
            String[] exit = words[2].split(":", 2);
            return new JobReport(
                    Long.parseLong(words[0]),
                    SlurmState.parse(words[1]),
                    null,
                    Integer.parseInt(exit[0]),
                    exit.length > 1 ? Integer.parseInt(exit[1]) : 0,
                    words[3].isBlank() ? 0 : Integer.parseInt(words[3]));
        });
    }

    /** @throws IllegalArgumentException if it is not JSON with a list of jobs */
    static List<JobReport> fromJson(String text) {
        JsonNode jobs;
        try {
            jobs = JsonMapper.shared().readTree(text).path("jobs");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        }
        if (!jobs.isArray()) {
            throw new IllegalArgumentException("No list of jobs");
        }
        List<JobReport> reports = new ArrayList<>();
        for (JsonNode job : jobs) {
            if (job.path("job_id").isIntegralNumber()) {
                reports.add(fromJson(job));
            }
        }
        return reports;
    }

    private static JobReport fromJson(JsonNode job) {
        JsonNode exit = job.path("exit_code");
        // Until 23.02 the raw wait status; later an object with both parts, each perhaps an object again.
        int status = exit.isObject() ? number(exit.path("return_code")) : exit.asInt(0) / 256;
        int signal = exit.isObject() ? number(exit.path("signal").path("id")) : exit.asInt(0) % 128;
        JsonNode state = job.path("job_state");
        String word = state.isArray() ? state.path(0).asString("") : state.asString("");
        return new JobReport(
                job.path("job_id").asLong(),
                SlurmState.parse(word),
                reason(job.path("state_reason").asString("None")),
                status,
                signal,
                number(job.path("restart_cnt")));
    }

    private static int number(JsonNode value) {
        return value.isObject() ? value.path("number").asInt(0) : value.asInt(0);
    }

    private interface Line {
        JobReport read(String[] words);
    }

    private static List<JobReport> lines(String text, int columns, Line line) {
        return text.lines()
                .map(l -> l.strip().split("\\|", -1))
                .filter(words -> words.length == columns)
                .map(words -> read(line, words))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<JobReport> read(Line line, String[] words) {
        try {
            return Optional.of(line.read(words));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    private static @Nullable String reason(String word) {
        return word.isBlank() || word.equals("None") ? null : word;
    }
}
