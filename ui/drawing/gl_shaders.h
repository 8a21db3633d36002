#pragma once

namespace circuitloom::ui {

/// The first lines of every shader, for OpenGL 3.3 and for OpenGL ES 3.0.
inline constexpr const char* gl_version = "#version 330 core\n";
inline constexpr const char* gles_version = "#version 300 es\n"
                                            "precision highp float;\n"
                                            "precision highp int;\n";

/// Places the corners that GlVertex describes, and premultiplies their colours.
inline constexpr const char* vertex_shader = R"(
uniform vec2 pixel; // in the coordinates of the target, which are -1 to 1
layout(location = 0) in vec4 place;
layout(location = 1) in vec4 form;
layout(location = 2) in vec4 color;
layout(location = 3) in vec4 outline;
out vec2 at;
flat out vec4 shape;
flat out vec4 inner;
flat out vec4 outer;
void main()
{
    gl_Position = vec4(place.xy * pixel - 1.0, 0.0, 1.0);
    at = place.zw;
    shape = form;
    inner = vec4(color.rgb * color.a, color.a);
    outer = vec4(outline.rgb * outline.a, outline.a);
}
)";

/// The share of a pixel that a strip covers: `off` is the pixel's distance from the strip's middle.
inline constexpr const char* fragment_header = R"(
in vec2 at;
flat in vec4 shape;
flat in vec4 inner;
flat in vec4 outer;
out vec4 result;
float covered(float off, float half_width)
{
    return clamp(half_width + 0.5 - off, 0.0, min(1.0, 2.0 * half_width));
}
)";

inline constexpr const char* curve_shader = R"(
void main()
{
    float cover = covered(abs(at.x), shape.x)
        * clamp(min(at.y, shape.y - at.y) + 0.5, 0.0, 1.0);
    if (shape.z > 0.0) {
        float period = shape.z + shape.w;
        float off = mod(at.y - 0.5 * shape.z + 0.5 * period, period) - 0.5 * period;
        cover *= covered(abs(off), 0.5 * shape.z);
    }
    result = inner * cover;
}
)";

/// Fills and outlines a rounded rectangle by the signed distance of a pixel from its edge.
inline constexpr const char* shape_shader = R"(
void main()
{
    vec2 beyond = abs(at) - shape.xy + shape.z;
    float off = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - shape.z;
    float border = covered(abs(off), shape.w);
    result = inner * clamp(0.5 - off, 0.0, 1.0) * (1.0 - outer.a * border) + outer * border;
}
)";

inline constexpr const char* label_shader = R"(
uniform sampler2D atlas;
void main()
{
    result = inner * texelFetch(atlas, ivec2(at), 0).r;
}
)";

} // namespace circuitloom::ui
