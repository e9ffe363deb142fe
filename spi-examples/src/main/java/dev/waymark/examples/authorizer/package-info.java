/** Who may manage what, as a host would say it: {@link dev.waymark.examples.authorizer.GrantsAuthorizer}. */
@NullMarked
package dev.waymark.examples.authorizer;

import org.jspecify.annotations.NullMarked;
