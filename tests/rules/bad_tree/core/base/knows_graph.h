#pragma once

#include "core/graph/knows_qt.h"
