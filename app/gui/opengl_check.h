#pragma once

#include <QObject>
#include <QProcess>

#include <functional>

namespace circuitloom {

inline constexpr const char* opengl_check_option = "--check-opengl";

/// What `circuitloom --check-opengl` does: paints something, and says in one line what the circuit
/// is painted with. The exit status is 0 where that is OpenGL: where it works and a graphics card
/// does the work, or where the environment variable CIRCUITLOOM_OPENGL is `on`; never where it is
/// `off`.
int check_opengl();

/// Asks another process whether to use OpenGL, since a bad driver takes the process down that
/// tries.
class OpenGlCheck : public QObject
{
public:
    /// `use` is called from the event loop if the answer is yes.
    explicit OpenGlCheck(std::function<void()> use);
    ~OpenGlCheck() override;
    void begin();

private:
    std::function<void()> use_;
    QProcess process_;
};

} // namespace circuitloom
