package org.colonnade.execution.slurm;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.colonnade.execution.ssh.SshLink.LocalException;

/** Files of this machine at one end of a transfer: what goes wrong with them says nothing about the connection. */
final class LocalFiles {

    private LocalFiles() {}

    static InputStream open(Path file) throws LocalException {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (IOException e) {
            throw new LocalException(e);
        }
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                try {
                    return in.read(bytes, offset, length);
                } catch (IOException e) {
                    throw new LocalException(e);
                }
            }
        };
    }

    static OutputStream create(Path file, OpenOption... options) throws LocalException {
        OutputStream out;
        try {
            out = Files.newOutputStream(file, options);
        } catch (IOException e) {
            throw new LocalException(e);
        }
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new LocalException(e);
                }
            }
        };
    }
}
