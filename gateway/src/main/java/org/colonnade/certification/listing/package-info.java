/** Lists of runs, datasets and versions, filtered and sorted by the database in the grammar that users know. */
@NullMarked
package org.colonnade.certification.listing;

import org.jspecify.annotations.NullMarked;
