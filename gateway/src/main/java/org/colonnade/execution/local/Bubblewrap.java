package org.colonnade.execution.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.colonnade.execution.Command;

/**
 * Linux namespaces made by bubblewrap: no network, no other process, and of all files only {@code /usr}, what the
 * command may read, and its own folder at {@code /job}. Resource limits are set inside, so that they bind the command
 * and not bubblewrap.
 *
 * <p>Started by root it needs no user namespace: bubblewrap builds the mounts as root, and {@code setpriv} then gives up
 * root for a user id that no other command has. So the folders above may be closed to others, and the limit on processes
 * counts this command's only. Started by an ordinary user, everything happens in a user namespace.
 *
 * @param program bubblewrap's path
 * @param root whether the gateway runs as root
 */
record Bubblewrap(String program, boolean root) implements Sandbox {

    static final String FOLDER = "/job";

    private static final String TEMPORARY_BYTES = Integer.toString(16 << 20);

    /** On most systems symbolic links into /usr; elsewhere folders of their own. */
    private static final List<String> SYSTEM = List.of("lib", "lib32", "lib64", "libx32", "bin", "sbin");

    @Override
    public boolean changesUser() {
        return root;
    }

    @Override
    public List<String> wrap(Command command, Path folder, int user) {
        var words = new ArrayList<String>();
        words.add(program);
        words.addAll(root ? separatedByRoot() : List.of("--unshare-all", "--cap-drop", "ALL"));
        words.addAll(List.of("--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"));
        command.environment().forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        words.addAll(List.of("--ro-bind", "/usr", "/usr"));
        SYSTEM.forEach(name -> words.addAll(systemFolder(name)));
        // The memory file systems are bounded or closed: what is written there would count nowhere.
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        words.addAll(List.of("--size", TEMPORARY_BYTES, "--perms", "1777", "--tmpfs", "/tmp"));
        foldersAbove(command.readOnly().keySet()).forEach(above -> words.addAll(List.of("--dir", above)));
        command.readOnly().forEach((seen, real) -> words.addAll(List.of("--ro-bind", real.toString(), seen)));
        words.addAll(List.of("--bind", folder.toString(), FOLDER, "--chdir", FOLDER));
        words.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/", "--"));
        words.addAll(ResourceLimits.prefix("/usr/bin/prlimit", command.limits(), true));
        if (root) {
            words.addAll(List.of("/usr/bin/setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
            words.addAll(List.of("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"));
        }
        words.addAll(command.arguments());
        return words;
    }

    /** Left to itself, bubblewrap makes these for root alone. */
    private static Set<String> foldersAbove(Set<String> paths) {
        var folders = new TreeSet<String>();
        for (String path : paths) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        return folders;
    }

    private static List<String> separatedByRoot() {
        var words = new ArrayList<String>();
        for (String namespace : List.of("ipc", "pid", "net", "uts", "cgroup-try")) {
            words.add("--unshare-" + namespace);
        }
        // What setpriv needs to become another user, and drops with it.
        words.addAll(List.of("--cap-drop", "ALL"));
        for (String capability : List.of("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")) {
            words.addAll(List.of("--cap-add", capability));
        }
        return words;
    }

    private static List<String> systemFolder(String name) {
        Path folder = Path.of("/", name);
        try {
            if (Files.isSymbolicLink(folder)) {
                return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Files.isDirectory(folder) ? List.of("--ro-bind", folder.toString(), folder.toString()) : List.of();
    }
}
