package dev.bindery.binding.replay;

import dev.bindery.api.Notifications;
import java.nio.file.Path;

/** The settings, and what is made by them. */
record Studio(ReplaySettings settings, Library library, Notifications notifications) {
    static Studio of(ReplaySettings settings, Path data, Notifications notifications) {
        Path folder = settings.folder().orElse(data.resolve("recordings")).toAbsolutePath();
        return new Studio(
                settings,
                new Library(folder, settings.ignore(), notifications::warning),
                notifications);
    }

    /** The target's name of a model. */
    String of(String model) {
        return settings.target() + "/" + model;
    }

    QuestionForm questions() {
        return new QuestionForm(parts());
    }

    OperationForm operations() {
        return new OperationForm(parts());
    }

    ResultForm results() {
        return new ResultForm(parts());
    }

    Player player() {
        return new Player(operations(), results(), settings.speed());
    }

    Recorder recorder() {
        return new Recorder(library, settings.mode() == Mode.RECORD, notifications::warning);
    }

    private PartForm parts() {
        return new PartForm(library.media());
    }
}
