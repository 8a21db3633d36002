#pragma once

namespace circuitloom {

/// Lowers the priority of the calling thread, and of the threads and programs that it starts from
/// then on, below that of a thread that draws a window: where both want a core, the window is
/// served first. Where nothing else wants the core, it costs nothing. Nothing on systems other
/// than Linux, whose priorities belong to whole processes.
void yield_to_window();

} // namespace circuitloom
