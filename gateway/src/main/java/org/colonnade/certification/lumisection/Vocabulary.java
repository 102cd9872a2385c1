package org.colonnade.certification.lumisection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What short texts mean that come again and again, found without making a text of their bytes. Some are forgotten when
 * others come. Threads may share it if meanings are immutable.
 */
final class Vocabulary<T> {

    private static final class Word {

        private final byte[] text;
        private final Object meaning;

        Word(byte[] text, Object meaning) {
            this.text = text;
            this.meaning = meaning;
        }
    }

    private final Function<String, T> meaning;
    // A word that another thread puts here is whole, because all of it is final.
    private final @Nullable Word[] words;

    /** @param size a power of two */
    Vocabulary(int size, Function<String, T> meaning) {
        this.words = new Word[size];
        this.meaning = meaning;
    }

    /** @param text in UTF-8, from one byte up to but not including another */
    T find(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        int place = (hash ^ hash >>> 16) & words.length - 1;
        Word word = words[place];
        if (word == null || !Arrays.equals(word.text, 0, word.text.length, text, from, to)) {
            T found = meaning.apply(new String(text, from, to - from, StandardCharsets.UTF_8));
            words[place] = new Word(Arrays.copyOfRange(text, from, to), found);
            return found;
        }
        @SuppressWarnings("unchecked")
        T known = (T) word.meaning;
        return known;
    }
}
