"""Parts of `scripts/build_musculoskeletal.py`: the only code that needs MuJoCo."""
