package dev.bindery.host.shell;

import dev.bindery.host.Bindings;
import dev.bindery.host.Events;
import dev.bindery.host.Home;
import dev.bindery.host.Instances;
import dev.bindery.host.ModelRouter;

/** What the host's own commands work on. */
record Doors(
        Home home, Bindings bindings, Instances instances, ModelRouter models, Events events) {}
