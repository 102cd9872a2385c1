package org.colonnade.execution.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.colonnade.execution.ssh.SshEndpoint;
import org.colonnade.execution.ssh.SshLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Uploads to an SSH server in this process, whose commands are run by a shell of this machine. */
@Execution(ExecutionMode.CONCURRENT)
class LargeFilesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A little more than the gateway reads at once. */
    private static final int SIZE = (1 << 20) + 1;

    @TempDir
    Path folder;

    private SshServer server;
    private SshLink link;
    private LargeFiles largeFiles;
    private Path file;
    private Path there;

    /** What the account's own start-up file does before any command. */
    private String startUp = "";

    @BeforeEach
    void connect() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair host = generator.generateKeyPair();
        KeyPair ours = generator.generateKeyPair();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((user, key, session) -> key.equals(ours.getPublic()));
        server.setCommandFactory(
                (channel, command) -> new ProcessShellFactory(startUp + command, List.of("sh", "-c", startUp + command))
                        .createShell(channel));
        server.start();
        var endpoint = new SshEndpoint(
                "127.0.0.1",
                server.getPort(),
                "gateway",
                List.of(host.getPublic()),
                new SshEndpoint.Key(ours),
                null,
                PATIENCE);
        link = new SshLink(endpoint, 2, InstantSource.system());
        largeFiles = new LargeFiles(link);
        byte[] content = new byte[SIZE];
        new Random(14).nextBytes(content);
        file = Files.write(folder.resolve("file"), content);
        there = folder.resolve("a job's $folder").resolve("input");
    }

    @AfterEach
    void disconnect() throws IOException {
        link.close();
        server.stop(true);
    }

    @Test
    void anUploadIsTwoCommandsOneThatCarriesAndOneThatGivesTheName() throws Exception {
        // when
        largeFiles.upload(there.toString(), file);
        // then
        assertThat(there).hasSameBinaryContentAs(file);
        assertThat(part()).doesNotExist();
        assertThat(link.commands()).isEqualTo(2);
    }

    @Test
    void whatAnInterruptedUploadLeftIsContinued() throws Exception {
        // given
        byte[] content = Files.readAllBytes(file);
        holds(Arrays.copyOf(content, SIZE - 100));
        Path sent = folder.resolve("sent");
        program("cat", "tee '" + sent + "'");
        // when
        largeFiles.upload(there.toString(), file);
        // then
        assertThat(there).hasSameBinaryContentAs(file);
        assertThat(sent).hasBinaryContent(Arrays.copyOfRange(content, SIZE - 100, SIZE));
    }

    @Test
    void aPartThatIsWrongIsFoundAndTheNextUploadBeginsAnew() throws Exception {
        // given
        holds("not what the file begins with".getBytes(UTF_8));
        // when
        assertThatIOException()
                .isThrownBy(() -> largeFiles.upload(there.toString(), file))
                .withMessageContaining("did not arrive whole");
        // then
        assertThat(there.getParent()).isEmptyDirectory();
        largeFiles.upload(there.toString(), file);
        assertThat(there).hasSameBinaryContentAs(file);
    }

    @Test
    void aFileThatChangesWhileItIsSentIsFound() throws Exception {
        // given a far end that waits for the change before it takes anything
        program("cat", "printf changed >>'" + file + "'; exec /bin/cat");
        // when
        assertThatIOException()
                .isThrownBy(() -> largeFiles.upload(there.toString(), file))
                .withMessageContaining("did not arrive whole");
        // then
        assertThat(there.getParent()).isEmptyDirectory();
    }

    @Test
    void aHostWithoutOpensslHashesToo() throws Exception {
        // given
        Path asked = folder.resolve("asked");
        program("openssl", "echo asked >>'" + asked + "'; exit 127");
        // when
        largeFiles.upload(there.toString(), file);
        // then
        assertThat(there).hasSameBinaryContentAs(file);
        assertThat(asked).hasContent("asked");
    }

    @Test
    void aChecksumThatDiffersIsFoundWhereverItWasMade() throws Exception {
        // given
        program("openssl", "exit 127");
        program("sha256sum", "echo '%064d  -'".formatted(14));
        // when
        assertThatIOException()
                .isThrownBy(() -> largeFiles.upload(there.toString(), file))
                .withMessageContaining("did not arrive whole");
        // then
        assertThat(there.getParent()).isEmptyDirectory();
    }

    @Test
    void whatALoginPrintsIsTakenForNoAnswer() throws Exception {
        // given
        startUp = "printf 'Welcome\\nThis node holds 7 bytes\\n42\\n'; ";
        // when
        largeFiles.upload(there.toString(), file);
        // then
        assertThat(there).hasSameBinaryContentAs(file);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidAndTheConnectionStays() throws Exception {
        // given a file where the folder should be
        Files.createFile(there.getParent());
        // when
        assertThatExceptionOfType(Staging.RefusedException.class)
                .isThrownBy(() -> largeFiles.upload(there.toString(), file))
                .withMessageContaining("File exists");
        // then
        assertThat(link.isOpen()).isTrue();
    }

    private Path part() {
        return there.resolveSibling("input.part");
    }

    /** Stands before this machine's own. */
    private void program(String name, String script) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        startUp = "PATH='" + programs + "':$PATH; export PATH; ";
    }

    private void holds(byte[] content) throws IOException {
        Files.createDirectories(there.getParent());
        Files.write(part(), content);
    }
}
