package org.colonnade.calculators.phreeqc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input line by line and tells what this server does not run, or what will probably fail. A courtesy with line
 * numbers: what protects the server is the sandbox.
 */
public final class InputCheck {

    /**
     * One thing found.
     *
     * @param line from 1
     * @param refused true if a run with it is not accepted, false for a warning
     */
    public record Finding(int line, boolean refused, String message) {}

    private static final Pattern PATH_LIKE = Pattern.compile(".*[/\\\\\\x00-\\x1f].*|\\.{1,2}|~.*|.{101,}");

    /** Names that the run itself uses in its folder. */
    private static final Set<String> RESERVED =
            Set.of(RunFiles.INPUT, RunFiles.WARNINGS, RunFiles.ERRORS, RunFiles.LOG);

    /** Blocks in which an option names a file, with the option's shortest and full spelling. */
    private enum FileOption {
        SELECTED_OUTPUT("SELECTED_OUTPUT SELECT_OUTPUT SELECTED_OUT", "f", "file"),
        DUMP("DUMP", "f", "file"),
        TRANSPORT("TRANSPORT", "du", "dump"),
        LON("INVERSE_MODELING INVERSE", "lon", "lon_netpath"),
        PAT("INVERSE_MODELING INVERSE", "pat", "pat_netpath");

        private final Set<String> blocks;
        private final String shortest;
        private final String full;

        FileOption(String blocks, String shortest, String full) {
            this.blocks = Set.of(blocks.split(" "));
            this.shortest = shortest;
            this.full = full;
        }

        boolean matches(String block, String word) {
            String option =
                    word.startsWith("-") ? word.substring(1).toLowerCase(Locale.ROOT) : word.toLowerCase(Locale.ROOT);
            return blocks.contains(block) && option.startsWith(shortest) && full.startsWith(option);
        }
    }

    private final @Nullable Database database;
    private final List<Finding> findings = new ArrayList<>();
    private String block = "";

    private InputCheck(@Nullable Database database) {
        this.database = database;
    }

    /** @param database that the input is to run with; null if it is the user's own */
    public static List<Finding> check(String input, @Nullable Database database) {
        var check = new InputCheck(database);
        int number = 0;
        String begun = "";
        for (String line : input.split("\r\n|\r|\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String content = begun + (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
            if (content.endsWith("\\")) {
                begun = content.substring(0, content.length() - 1) + " ";
                continue;
            }
            begun = "";
            for (String statement : content.split(";", -1)) {
                check.read(number, statement.strip());
            }
        }
        return List.copyOf(check.findings);
    }

    private void read(int line, String statement) {
        if (statement.isEmpty()) {
            return;
        }
        String[] words = statement.split("\\s+", 2);
        String head = words[0].toUpperCase(Locale.ROOT);
        String rest = words.length > 1 ? words[1].strip() : "";
        if (Keywords.opens(head)) {
            block = head;
            readKeyword(line, head);
        } else {
            readOption(line, words[0], rest);
        }
    }

    private void readKeyword(int line, String keyword) {
        if (keyword.equals("DATABASE")) {
            refuse(line, "DATABASE cannot be used here: choose the database in the form");
        } else if (keyword.equals("INCLUDE$")) {
            refuse(line, "INCLUDE$ cannot be used here: put the text of the file into the input");
        }
    }

    private void readOption(int line, String word, String rest) {
        for (FileOption option : FileOption.values()) {
            if (option.matches(block, word)) {
                checkName(line, word, rest);
            }
        }
        if (database != null && database.temperatures() != null) {
            checkTemperatures(line, word.toLowerCase(Locale.ROOT), rest, database.temperatures());
        }
    }

    private void checkName(int line, String option, String name) {
        String plain = name.replaceAll("^\"|\"$", "");
        if (PATH_LIKE.matcher(plain).matches()) {
            refuse(line, option + " takes a plain file name, without folders: '" + shortened(name) + "'");
        } else if (RESERVED.contains(plain)) {
            refuse(line, option + " cannot be " + plain + ": the run itself uses a file of that name");
        }
    }

    private void checkTemperatures(int line, String word, String rest, TemperatureRange range) {
        boolean ofSolution = block.startsWith("SOLUTION") && word.matches("-?temp(erature)?");
        boolean ofReaction = block.startsWith("REACTION_TEMP");
        if (!ofSolution && !ofReaction) {
            return;
        }
        for (String text : ofReaction ? reactionTemperatures(word + " " + rest) : firstWord(rest)) {
            Double celsius = number(text);
            if (celsius != null && !range.contains(celsius)) {
                findings.add(new Finding(
                        line,
                        false,
                        "%s °C is outside %s to %s °C, the range of %s: PHREEQC will stop there"
                                .formatted(text, plain(range.from()), plain(range.to()), name())));
            }
        }
    }

    private static List<String> firstWord(String text) {
        return List.of(text.split("\\s+", 2)[0]);
    }

    /** All numbers of a line, or the two ends of {@code 25 75 in 11 steps}. */
    private static List<String> reactionTemperatures(String line) {
        List<String> words = List.of(line.strip().split("\\s+"));
        int in = words.indexOf("in");
        return in < 0 ? words : words.subList(0, in);
    }

    private String name() {
        return database == null ? "the database" : database.name();
    }

    private void refuse(int line, String message) {
        findings.add(new Finding(line, true, message));
    }

    private static @Nullable Double number(String text) {
        try {
            return text.isEmpty() ? null : (Double) Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Whether bytes can be an input at all: UTF-8 text without zero bytes. */
    public static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
