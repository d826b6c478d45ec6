#pragma once

class QWidget;

namespace icebreaker {

class Composer;

/// The sandbox's special numbers and what each one provokes; a double-click puts one
/// into the form.
void showSandboxHelp(QWidget &parent, Composer &composer);

} // namespace icebreaker
