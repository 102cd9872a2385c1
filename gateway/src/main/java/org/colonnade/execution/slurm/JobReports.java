package org.colonnade.execution.slurm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.colonnade.execution.place.Line;
import org.colonnade.execution.place.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what squeue, sacct and slurmrestd say, as text or JSON, in the shapes of Slurm 22.05 and of later releases, where
 * states became lists and numbers became objects. What is not understood is passed over, and nothing is concluded from it.
 */
final class JobReports {

    /** The long format that {@link #fromSqueue} reads; squeue before release 20.11 does not know its separators. */
    static final String SQUEUE_LONG = "JobArrayID:|,State:|,Reason:|,RestartCnt:|,StartTime:|,Name:";

    /** What every squeue knows; it has no count of restarts. */
    static final String SQUEUE_SHORT = "%i|%T|%r|0|%S|%j";

    /** The fields that {@link #fromSacct} reads. */
    static final String SACCT_FIELDS = "JobID,State,ExitCode";

    /** The fields that {@link #usage} reads. */
    static final String USAGE_FIELDS = "JobID,AllocNodes,AllocCPUS,ElapsedRaw,TotalCPU,MaxRSS";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern ID = Pattern.compile("\\d+(_\\d+)?");
    private static final Pattern LOGGED_ID = Pattern.compile("^JobId=(\\d+) ");
    private static final Pattern LOGGED_STATE = Pattern.compile(" JobState=([A-Z_]+)");
    private static final Pattern LOGGED_EXIT = Pattern.compile(" ExitCode=(\\d+):(\\d+)");

    private JobReports() {}

    /** Lines that are none of ours, such as a banner, are passed over. */
    static List<JobReport> fromSqueue(String text) {
        return isJson(text) ? fromJson(text) : lines(text, 6, JobReports::squeueLine);
    }

    private static JobReport squeueLine(String[] words) {
        return new JobReport(
                id(words[0]),
                words[5].strip(),
                SlurmState.parse(words[1]),
                reason(words[2].strip()),
                null,
                0,
                number(words[3]),
                time(words[4].strip()));
    }

    static List<JobReport> fromSacct(String text) {
        return isJson(text) ? fromJson(text) : lines(text, 3, JobReports::sacctLine);
    }

    private static JobReport sacctLine(String[] words) {
        String[] exit = words[2].split(":", 2);
        return new JobReport(
                id(words[0]),
                null,
                SlurmState.parse(words[1]),
                null,
                Integer.parseInt(exit[0]),
                exit.length > 1 ? Integer.parseInt(exit[1]) : 0,
                0,
                null);
    }

    /** Lines of blank-separated {@code Key=value}, as the plugin jobcomp/filetxt writes them. */
    static List<JobReport> fromCompletionLog(String text) {
        return text.lines()
                .map(line -> {
                    Matcher id = LOGGED_ID.matcher(line);
                    Matcher state = LOGGED_STATE.matcher(line);
                    Matcher exit = LOGGED_EXIT.matcher(line);
                    return id.find() && state.find() && exit.find()
                            ? Optional.of(new JobReport(
                                    id.group(1),
                                    null,
                                    SlurmState.parse(state.group(1)),
                                    null,
                                    Integer.parseInt(exit.group(1)),
                                    Integer.parseInt(exit.group(2)),
                                    0,
                                    null))
                            : Optional.<JobReport>empty();
                })
                .flatMap(Optional::stream)
                .toList();
    }

    /** @return empty if the accounting knows nothing of the job; a job's steps are lines of their own */
    static Optional<Usage> usage(String id, String text) {
        Usage job = null;
        long memory = -1;
        for (String line : text.lines().toList()) {
            String[] words = line.split("\\|", -1);
            if (words.length == 6 && words[0].equals(id)) {
                job = new Usage(
                        number(words[1]),
                        number(words[2]),
                        Duration.ofSeconds(number(words[3])),
                        SlurmSpelling.time(words[4]).orElse(null),
                        null,
                        0);
            }
            if (words.length == 6 && (words[0].equals(id) || words[0].startsWith(id + "."))) {
                memory = Math.max(memory, SlurmSpelling.bytes(words[5], 1).orElse(-1));
            }
        }
        return job == null
                ? Optional.empty()
                : Optional.of(new Usage(
                        job.nodes(),
                        job.cores(),
                        job.elapsed(),
                        job.cpuTime(),
                        memory < 0 ? null : (Long) memory,
                        job.restarts()));
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** The {@code jobs} of an answer of squeue, sacct or slurmrestd. */
    static List<JobReport> fromJson(String text) {
        JsonNode answer;
        try {
            answer = JSON.readTree(text);
        } catch (JacksonException broken) {
            return List.of();
        }
        List<JobReport> reports = new ArrayList<>();
        for (JsonNode job : answer.path("jobs")) {
            String id = jsonId(job);
            if (id != null) {
                JsonNode exit = job.path("exit_code");
                reports.add(new JobReport(
                        id,
                        job.path("name").asString(null),
                        jsonState(job),
                        reason(job.path("state_reason").asString("")),
                        jsonStatus(exit),
                        jsonSignal(exit),
                        jsonNumber(job.path("restart_cnt")).orElse(0L).intValue(),
                        jsonNumber(job.path("start_time"))
                                .filter(seconds -> seconds > 0)
                                .map(Instant::ofEpochSecond)
                                .orElse(null)));
            }
        }
        return reports;
    }

    private static @Nullable String jsonId(JsonNode job) {
        JsonNode array = job.has("array") ? job.path("array").path("job_id") : job.path("array_job_id");
        JsonNode task = job.has("array") ? job.path("array").path("task_id") : job.path("array_task_id");
        long arrayId = jsonNumber(array).orElse(0L);
        Optional<Long> taskId = jsonNumber(task);
        if (arrayId > 0 && taskId.isPresent()) {
            return arrayId + "_" + taskId.get();
        }
        return jsonNumber(job.path("job_id")).map(String::valueOf).orElse(null);
    }

    private static SlurmState jsonState(JsonNode job) {
        JsonNode state = job.path("job_state").isMissingNode() ? job.path("state") : job.path("job_state");
        if (state.isObject()) {
            state = state.path("current");
        }
        List<String> words = state.isArray()
                ? state.valueStream().map(word -> word.asString("")).toList()
                : List.of(state.asString(""));
        // Newer releases add flags to the base state: COMPLETING still runs, whatever stands before it.
        return Stream.of("COMPLETING", "REQUEUED", "REQUEUE_HOLD", "SPECIAL_EXIT", "CONFIGURING", "STAGE_OUT")
                .filter(words::contains)
                .findFirst()
                .or(() -> words.stream().findFirst())
                .map(SlurmState::parse)
                .orElse(SlurmState.UNKNOWN);
    }

    /** A bare number is the raw wait status: the code in the upper byte, the signal in the lower seven bits. */
    private static @Nullable Integer jsonStatus(JsonNode exit) {
        return exit.isObject()
                ? jsonNumber(exit.path("return_code")).map(Long::intValue).orElse(null)
                : exit.isNumber() ? (Integer) (exit.intValue() >> 8 & 0xff) : null;
    }

    private static int jsonSignal(JsonNode exit) {
        if (exit.isObject()) {
            JsonNode signal = exit.path("signal");
            return jsonNumber(signal.has("id") ? signal.path("id") : signal.path("signal_id"))
                    .orElse(0L)
                    .intValue();
        }
        return exit.isNumber() ? exit.intValue() & 0x7f : 0;
    }

    /** A number as it is, as text, or as {@code {"set": true, "infinite": false, "number": 5}}. */
    private static Optional<Long> jsonNumber(JsonNode node) {
        if (node.isNumber()) {
            return Optional.of(node.longValue());
        }
        if (node.isObject()) {
            return node.path("set").asBoolean(true) ? jsonNumber(node.path("number")) : Optional.empty();
        }
        return node.isString() && node.asString().matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(node.asString()))
                : Optional.empty();
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

    /** A plain number, or that of an array's element; the rest of an array that still waits is none. */
    private static String id(String word) {
        String id = word.strip();
        if (!ID.matcher(id).matches()) {
            throw new NumberFormatException(id);
        }
        return id;
    }

    private static int number(@Nullable String word) {
        return word == null || word.isBlank() ? 0 : (int) Long.parseLong(word.strip());
    }

    /** Asked for in seconds since 1970; any other form says nothing. */
    private static @Nullable Instant time(String word) {
        return word.matches("\\d{9,11}") ? Instant.ofEpochSecond(Long.parseLong(word)) : null;
    }

    private static @Nullable String reason(String word) {
        return word.isBlank() || word.equals("None") ? null : word;
    }
}
