package io.tautwire.system.sim;

import io.tautwire.journal.file.Disk;
import io.tautwire.journal.file.DiskFile;
import io.tautwire.journal.file.DiskMapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Planted bugs in how files are kept. */
final class DiskBugs {
    private DiskBugs() {}

    /** Says that all is forced, and has forced nothing but an empty segment. */
    static final class AckBeforeSync extends Parts {
        @Override
        Disk serverDisk(Disk disk) {
            return new WrongDisk(disk) {
                @Override
                DiskFile segment(DiskFile file, boolean isNew) {
                    return isNew ? new ForgetfulFile(file) : file;
                }
            };
        }
    }

    /** Says that all is forced, but what was written last is not: it is written only behind that force. */
    static final class AckBeyondSynced extends Parts {
        @Override
        Disk serverDisk(Disk disk) {
            return new WrongDisk(disk) {
                @Override
                DiskFile segment(DiskFile file, boolean isNew) {
                    return isNew ? new LateFile(file) : file;
                }
            };
        }
    }

    /** Leaves what lies behind the tail where it is. */
    static final class TailNotCut extends Parts {
        @Override
        Disk serverDisk(Disk disk) {
            return new WrongDisk(disk) {
                @Override
                DiskFile segment(DiskFile file, boolean isNew) {
                    return isNew ? file : new UncutFile(file);
                }
            };
        }
    }

    /** Forgets to force the names of files. */
    static final class NamesNotForced extends Parts {
        @Override
        Disk serverDisk(Disk disk) {
            return new WrongDisk(disk) {
                @Override
                public void forceDirectory(Path directory) {}
            };
        }
    }

    /** Keeps a store's commands in memory that no file has. */
    static final class StoreLost extends Parts {
        @Override
        Disk clientDisk(Disk disk) {
            return new WrongDisk(disk) {
                @Override
                DiskFile segment(DiskFile file, boolean isNew) {
                    return new UnsharedFile(file);
                }
            };
        }
    }

    /** Maps memory that is the file's only at first. */
    private static final class UnsharedFile extends WrongDisk.WrongFile {
        UnsharedFile(DiskFile file) {
            super(file);
        }

        @Override
        public DiskMapping map(long position, int length, boolean isWritable) throws IOException {
            final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
            copy.putBytes(0, super.map(position, length, false).buffer(), 0, length);
            return new DiskMapping() {
                @Override
                public UnsafeBuffer buffer() {
                    return copy;
                }

                @Override
                public void load() {}

                @Override
                public void force(int offset, int bytes) {}

                @Override
                public void unmap() {}
            };
        }
    }

    /** Forces once, when it is made. */
    private static final class ForgetfulFile extends WrongDisk.WrongFile {
        private boolean isForced;

        ForgetfulFile(DiskFile file) {
            super(file);
        }

        @Override
        public void force() throws IOException {
            if (!isForced) {
                isForced = true;
                super.force();
            }
        }
    }

    /** Keeps its last write back until it was asked to force. */
    private static final class LateFile extends WrongDisk.WrongFile {
        private boolean isMade;
        private ByteBuffer late;
        private long latePosition;

        LateFile(DiskFile file) {
            super(file);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            writeLate();
            if (!isMade) {
                return super.write(position, from);
            }
            late = ByteBuffer.allocate(from.remaining());
            latePosition = position;
            late.put(from).flip();
            return late.remaining();
        }

        @Override
        public void force() throws IOException {
            super.force();
            isMade = true;
            writeLate();
        }

        private void writeLate() throws IOException {
            if (late != null) {
                super.write(latePosition, late);
                late = null;
            }
        }
    }

    /** Takes no zeros. */
    private static final class UncutFile extends WrongDisk.WrongFile {
        UncutFile(DiskFile file) {
            super(file);
        }

        @Override
        public int write(long position, ByteBuffer from) throws IOException {
            for (int i = from.position(); i < from.limit(); i++) {
                if (from.get(i) != 0) {
                    return super.write(position, from);
                }
            }
            final int taken = from.remaining();
            from.position(from.limit());
            return taken;
        }
    }
}
