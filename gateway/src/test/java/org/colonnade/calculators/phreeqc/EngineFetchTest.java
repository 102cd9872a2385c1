package org.colonnade.calculators.phreeqc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/phreeqc/fetch} where there is no network: what it says, and what it leaves alone. */
@Timeout(60)
class EngineFetchTest {

    private static final String WHEEL = "phreeqc-1.1.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl";

    @TempDir
    Path home;

    private record Said(int status, String text) {}

    @Test
    void withoutTheWheelItSaysWhatIsMissingAndHowToAddItLater() throws Exception {
        Said said = fetch(Map.of());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text())
                .contains("PHREEQC is not available", "Everything else works", "put the wheel phreeqc-1.1.1-")
                .contains(engines().toString());
        assertThat(engines()).isEmptyDirectory();
    }

    @Test
    void aWheelThatIsNotThePublishedOneIsNotUnpacked() throws Exception {
        Files.createDirectories(engines());
        Files.write(engines().resolve(WHEEL), new byte[2_286_211]);
        Said said = fetch(Map.of());
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).contains("is not the published file: its SHA-256 differs");
        assertThat(engines().resolve("phreeqc-1.1.1")).doesNotExist();
    }

    @Test
    void anEngineThatIsThereIsLeftAlone() throws Exception {
        Path complete = engines().resolve("phreeqc-1.1.1/complete");
        Files.createDirectories(complete.getParent());
        Files.createFile(complete);
        assertThat(fetch(Map.of())).isEqualTo(new Said(0, ""));
    }

    @Test
    void anEngineInTheGatewaysOwnFolderCountsToo() throws Exception {
        Path complete = home.resolve("data/engines/phreeqc-1.1.1/complete");
        Files.createDirectories(complete.getParent());
        Files.createFile(complete);
        assertThat(fetch(Map.of())).isEqualTo(new Said(0, ""));
    }

    @Test
    void theOperatorsOwnLibraryWins() throws Exception {
        assertThat(fetch(Map.of("COLONNADE_CALCULATORS_PHREEQC_LIBRARY", "/opt/libiphreeqc.so")))
                .isEqualTo(new Said(0, ""));
        assertThat(home.resolve("colonnade")).doesNotExist();
    }

    private Path engines() {
        return home.resolve("colonnade/engines");
    }

    private Said fetch(Map<String, String> environment) throws IOException, InterruptedException {
        Path output = home.resolve("said.txt");
        var builder = new ProcessBuilder(
                        Path.of("..", "deploy", "phreeqc", "fetch").toString(),
                        "--data",
                        home.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("XDG_DATA_HOME", home.toString());
        // pip's own switch for a machine without network.
        builder.environment().put("PIP_NO_INDEX", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), Files.readString(output));
    }
}
