package org.colonnade.storage;

/** File names as users give them, made fit for where they go. */
final class FileNames {

    /** Longer names are cut: no file system takes more than 255 bytes. */
    private static final int STORED_LENGTH = 1000;

    private FileNames() {}

    /** Keeps what a person typed, folders included, without what a database or a terminal cannot take. */
    static String storable(String name) {
        var result = new StringBuilder();
        name.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '_' : c)
                .limit(STORED_LENGTH)
                .forEach(result::appendCodePoint);
        return result.toString();
    }
}
