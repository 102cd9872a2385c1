package org.colonnade.certification.listing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.colonnade.certification.ledger.DatasetKey;
import org.jspecify.annotations.Nullable;

/**
 * Lists that are asked for again, by the same version of the registry, in their order: then any page is a slice, and its
 * length is known. A list that is asked for once is not kept.
 */
final class Orders {

    private static final int LISTS = 200;
    private static final long KEYS = 8_000_000;

    /** A list, whatever page of it. */
    record Asked(String sql, Map<String, Object> values) {}

    /**
     * Keys of a list in its order, as one number each: the run, and the place of the name among the names that occur.
     *
     * @param version of the registry by which it is so
     */
    record Order(long version, long[] keys, List<String> names) {

        private static final int SHIFT = 24;

        static Order of(long version, List<DatasetKey> rows) {
            var places = new LinkedHashMap<String, Integer>();
            var keys = new long[rows.size()];
            for (int i = 0; i < keys.length; i++) {
                DatasetKey key = rows.get(i);
                int place = places.computeIfAbsent(key.name(), name -> places.size());
                keys[i] = (long) key.run() << SHIFT | place;
            }
            return new Order(version, keys, List.copyOf(places.keySet()));
        }

        DatasetKey key(int index) {
            long key = keys[index];
            return new DatasetKey((int) (key >> SHIFT), names.get((int) (key & (1L << SHIFT) - 1)));
        }
    }

    private final Map<Asked, Order> known = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Asked, Long> once = new HashMap<>();
    private long kept;

    /**
     * @param load reads the list in its order
     * @return null if nobody asked for the list before by this version
     */
    @Nullable
    Order find(Asked asked, long version, Supplier<List<DatasetKey>> load) {
        synchronized (this) {
            Order order = known.get(asked);
            if (order != null && order.version() == version) {
                return order;
            }
            Long before = once.put(asked, version);
            if (before == null || before != version) {
                if (once.size() > 10 * LISTS) {
                    once.clear();
                }
                return null;
            }
        }
        Order order = Order.of(version, load.get());
        keep(asked, order);
        return order;
    }

    private synchronized void keep(Asked asked, Order order) {
        Order before = known.put(asked, order);
        kept += order.keys().length - (before == null ? 0 : before.keys().length);
        var eldest = known.entrySet().iterator();
        while ((kept > KEYS || known.size() > LISTS) && eldest.hasNext()) {
            Order gone = eldest.next().getValue();
            if (gone != order) {
                kept -= gone.keys().length;
                eldest.remove();
            }
        }
    }
}
