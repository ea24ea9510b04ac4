"""The embedded engine: a storyboard staged in metres and seconds, painted by a style, one frame at a time.

    shot ── staging ──▶ Staged (plain data: roles, camera path, score)
    Staged ── Scene ──▶ frame(i): a pure function, so ranges of frames render in parallel processes

Space: x to the right, y up, z away from the camera; metres. The performers' mark is the origin, the camera stands at
negative z. A new creature, thing, place or style is one small file in its folder.
"""
