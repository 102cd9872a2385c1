/** What a registry is told by its administrators: workspaces, components, rules and rights, as one versioned document. */
@NullMarked
package org.colonnade.certification.configuration;

import org.jspecify.annotations.NullMarked;
